"""Connecting Google from the page itself: a real browser, the real server, and Google's pages emulated."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from integrations.google.scopes import ASKED
from tests.e2e.browser import visit
from tests.emulators.google.oauth import Accounts, Person
from tests.googles import SECRET, chronus_with_google

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = "/settings/google"


@pytest.fixture
def accounts() -> Accounts:
    """Anna sits before the browser."""
    return Accounts(Person("100000000000000000001", "anna@example.org"))


async def test_the_owner_connects_and_disconnects(browser: Browser, accounts: Accounts, tmp_path: Path) -> None:
    """Sending alone is chosen, then reading is added; disconnecting takes both back at Google too."""
    async with chronus_with_google(tmp_path, accounts) as url, visit(browser, url, PAGE) as visitor:
        page = visitor.page
        for name in ("Calendar", "Tasks"):
            await page.get_by_role("checkbox", name=name, exact=True).uncheck()
        await page.get_by_role("checkbox", name="Send mail").check()
        await page.get_by_role("button", name="Connect Google").click()
        await expect(page.locator("[data-state=outcome]")).to_have_text("Google is connected.")
        await expect(page.locator(".account")).to_contain_text("anna@example.org")
        await expect(page.locator("[data-granted=true]")).to_have_count(1)
        assert page.url == url + PAGE
        accounts.people[0].refuses = frozenset(ASKED["mail_read"])
        await page.get_by_role("button", name="Allow: Read mail").click()
        await expect(page.get_by_role("button", name="Allow: Read mail")).to_be_enabled()
        await expect(page.locator("[data-granted=true]")).to_have_count(1)
        await page.get_by_role("button", name="Disconnect…").click()
        await page.get_by_role("group", name="Disconnect Google?").get_by_role("button", name="Disconnect").click()
        await expect(page.locator("[data-state=outcome]")).to_contain_text("Google is disconnected")
        await page.get_by_role("button", name="Connect Google").wait_for()
        assert accounts.people[0].granted == frozenset()


async def test_a_no_at_google_changes_nothing(browser: Browser, accounts: Accounts, tmp_path: Path) -> None:
    """Back at the page with one sentence, and the choice is there again."""
    accounts.people[0].says = "no"
    async with chronus_with_google(tmp_path, accounts) as url, visit(browser, url, PAGE) as visitor:
        await visitor.page.get_by_role("button", name="Connect Google").click()
        await expect(visitor.page.locator("[data-state=outcome]")).to_contain_text("Nothing was changed")
        await visitor.page.get_by_role("button", name="Connect Google").wait_for()


async def test_in_production_one_signs_in_with_google(browser: Browser, accounts: Accounts, tmp_path: Path) -> None:
    """The page shows the one door, comes back signed in to the address that was asked for, and out again."""
    given: dict[str, Any] = {"environment": "production", "secret_key": SECRET}
    async with (
        chronus_with_google(tmp_path, accounts, **given) as url,
        visit(browser, url, "/memory") as visitor,
    ):
        page = visitor.page
        await page.get_by_role("link", name="Sign in with Google").click()
        await page.get_by_role("heading", level=1, name="What I remember").wait_for()
        await page.locator("[data-state=empty-memory]").wait_for()
        assert page.url == url + "/memory"
        await page.reload()
        await page.locator("[data-state=empty-memory]").wait_for()
        await page.get_by_role("button", name="Menu").click()
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_role("link", name="Sign in with Google").wait_for()
