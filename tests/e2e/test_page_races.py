"""Answers that come in another order than they were asked for: nothing said or done meanwhile is lost from the page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import visit
from tests.e2e.dictation import Dictation

pytestmark = pytest.mark.asyncio(loop_scope="module")

THREADS, THREAD, LEDGER, TASKS = "/v1/chat", "/v1/chat/one", "/v1/changes", "/v1/tasks"


def earlier() -> list[dict[str, Any]]:
    said = {"id": "before", "at": datetime.now(UTC).isoformat(), "channel": "voice", "said": "What's on tomorrow?"}
    return [said | {"reply": "Three things.", "actions": []}]


async def say(page: Page, text: str) -> None:
    await page.fill("#say", text)
    await page.keyboard.press("Enter")


async def late(page: Page, double: Dictation, path: str) -> None:
    """Let the held answer come, and the page have it."""
    async with page.expect_response(lambda response: response.url.split("?")[0].endswith(path)) as coming:
        await double.post("/double/hold", [])
    await (await coming.value).finished()
    await page.evaluate("new Promise((pass) => setTimeout(() => requestAnimationFrame(pass), 50))")


async def test_what_is_typed_before_the_thread_is_read_stays_in_it(browser: Browser, double: Dictation) -> None:
    """Said and done while the thread is still being read, a turn stands after the earlier ones, once, with its Undo."""
    await double.post("/double/said", earlier())
    await double.post("/double/hold", [THREAD])
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector(".tasks li, [data-state=empty-tasks]")
        await say(page, "Add milk to my shopping list")
        await page.get_by_role("button", name="Undo").wait_for()
        await late(page, double, THREAD)
        await expect(page.locator(".turn")).to_have_count(2)
        assert "Three things." in await page.locator(".turn").first.inner_text()
        last = page.locator(".turn").last
        assert "Milk is on your shopping list." in await last.inner_text()
        await last.get_by_role("button", name="Undo").click()
        await last.get_by_text("Undone").wait_for()


async def test_a_turn_that_was_read_half_done_is_shown_once_and_whole(browser: Browser, double: Dictation) -> None:
    """Read with the thread while it is being answered, a turn does not stand there twice, before or after the answer."""
    await double.post("/double/said", earlier())
    await double.post("/double/hold", [THREADS, "answer"])
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        async with page.expect_response("**/v1/tasks"):
            await page.wait_for_selector("#say")
        async with page.expect_request("**/v1/chat"):
            await say(page, "Add milk to my shopping list")
        async with page.expect_response(f"**{THREAD}"):
            await double.post("/double/hold", ["answer"])
        await expect(page.locator(".turn")).to_have_count(2)
        await double.post("/double/hold", [])
        await page.get_by_role("button", name="Undo").wait_for()
        await expect(page.locator(".turn")).to_have_count(2)


async def test_an_older_ledger_never_hides_the_undo(browser: Browser, double: Dictation) -> None:
    """The ledger as it was before, arriving late, does not take the Undo of what was done since."""
    await double.post("/double/hold", [LEDGER])
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector("[data-state=empty-thread]")
        async with page.expect_request("**/v1/chat"):
            await say(page, "Add milk to my shopping list")
        await page.get_by_role("button", name="Undo").wait_for()
        await late(page, double, LEDGER)
        await expect(page.locator(".turn").last.get_by_role("button", name="Undo")).to_be_visible()


async def test_a_tick_is_not_taken_back_by_a_list_from_before_it(browser: Browser, double: Dictation) -> None:
    """A list of tasks that was asked for before one was ticked, and comes after, is not shown."""
    await double.post("/v1/demo")
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector(".task")
        await double.post("/double/hold", [TASKS])
        async with page.expect_request("**/v1/tasks"):
            await say(page, "What's on tomorrow?")
        await page.get_by_role("checkbox", name="Call the plumber").click()
        await late(page, double, TASKS)
        await expect(page.locator(".done summary")).to_have_text("Done (1)")
        assert await page.get_by_role("checkbox", name="Call the plumber").count() <= 1
