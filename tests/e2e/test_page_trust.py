"""What a person has to see before they say yes, and how they leave; against a double that a test dictates."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import PHONE, visit
from tests.e2e.dictation import Dictation
from tests.emulators.page_day import pending

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def waits(double: Dictation, **more: Any) -> None:
    """One thing waits for a yes."""
    until = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    await double.post("/double/approvals", [pending() | {"expires_at": until} | more])


async def test_a_card_says_what_else_would_do_for_a_yes(browser: Browser, double: Dictation) -> None:
    """Beside the button stand the words that count; of what nobody else led to nothing more is said."""
    await waits(double, consent="send to Dana", by_click=False, origin="said")
    async with visit(browser, double.url) as visitor:
        card = visitor.page.locator(".approval").first
        await expect(card.locator(".until")).to_contain_text("or say send to Dana")
        await expect(card.locator(".led")).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 800), PHONE])
async def test_what_others_wrote_may_have_led_to_it(browser: Browser, double: Dictation, size: tuple[int, int]) -> None:
    """Then the card says so, and where no words are enough it doesn't offer any."""
    await waits(double, consent="send to Dana", by_click=True, origin="third party")
    async with visit(browser, double.url, size=size) as visitor:
        if size == PHONE:
            await visitor.page.get_by_role("button", name="Tasks").click()
        card = visitor.page.locator(".approval").first
        await expect(card.locator(".led")).to_contain_text("It takes a click here")
        assert "or say" not in await card.inner_text()
        await card.get_by_role("button", name="Send").click()
        await expect(visitor.page.locator(".approval")).to_have_count(0)
    async with httpx.AsyncClient(base_url=double.url, cookies={"access": "yes"}) as client:
        assert [one["status"] for one in (await client.get("/v1/approvals")).json()["items"]] == ["approved"]


async def test_leaving_takes_two_steps_and_ends_at_the_door(browser: Browser, double: Dictation) -> None:
    """Nothing goes before the words are typed; afterwards the page says that all of it is gone, and nothing else."""
    async with visit(browser, double.url, "/settings") as visitor:
        page = visitor.page
        await page.get_by_role("button", name="Delete…").click()
        sure = page.get_by_role("button", name="Delete everything", exact=True)
        await expect(sure).to_be_disabled()
        await page.get_by_label("Type delete everything").fill("Delete everything")
        await sure.click()
        await expect(page.get_by_role("heading", name="Everything about you is deleted")).to_be_visible()
    async with httpx.AsyncClient(base_url=double.url) as client:
        assert {"type": "left", "data": None} in (await client.get("/double/told")).json()


async def test_what_is_asked_before_can_be_chosen(browser: Browser, double: Dictation) -> None:
    """It is kept at once."""
    async with visit(browser, double.url, "/settings") as visitor:
        await visitor.page.get_by_label("I ask before").select_option("others")
        await expect(visitor.page.get_by_text("Saved.", exact=True)).to_be_visible()
    async with httpx.AsyncClient(base_url=double.url, cookies={"access": "yes"}) as client:
        assert (await client.get("/v1/me")).json()["ask_before"] == "others"
