"""The page on the real server: what a person sees, says, hears, approves and takes back."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests import audio
from tests.e2e.browser import PHONE, chromium, visit

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def url(server: Any) -> str:
    """The real server with the sample day in it."""
    server.demo()
    return str(server.url).rstrip("/")


def spoken(folder: Path, words: str) -> Path:
    """A question as a wav for the fake microphone: a breath before it, and silence after it for the answer."""
    pcm = audio.silence(1.5, 16_000) + audio.flite(words) + audio.silence(30, 16_000)
    return audio.write_wav(folder / "question.wav", pcm, 16_000)


async def test_a_spoken_question_is_seen_and_its_answer_heard(url: str, tmp_path: Path) -> None:
    """Spoken into the microphone: the words appear, the answer appears, and it is played aloud."""
    wav = spoken(tmp_path, "What is on my calendar tomorrow?")
    async with chromium(wav) as browser, visit(browser, url) as visitor:
        await visitor.page.wait_for_selector(".event, [data-state=empty-day]")
        await visitor.page.get_by_role("button", name="Talk", exact=True).click()
        turn = visitor.page.locator(".turn").last
        await expect(turn.locator(".said")).to_contain_text("tomorrow", ignore_case=True, timeout=40_000)
        await expect(turn.locator(".answer > p").first).not_to_be_empty(timeout=20_000)
        loudest = 0.0
        async with asyncio.timeout(20):
            while loudest < 0.01:
                loudest = max(loudest, await visitor.loudness())
                await visitor.page.wait_for_timeout(20)
        assert await turn.locator(".chip[data-tool=list_events]").count() == 1
        assert visitor.foreign == []
        assert visitor.complaints == []


async def test_the_sample_day_shows_what_matters(browser: Browser, url: str) -> None:
    """A conflict with a red edge, overdue tasks, mail that matters; and on a telephone each in its place."""
    async with visit(browser, url) as visitor:
        await visitor.page.wait_for_selector(".letters > li")
        assert await visitor.page.locator(".event[data-conflict=true]").count() >= 2
        assert await visitor.page.locator(".task[data-late=true]").count() >= 1
    async with visit(browser, url, size=PHONE) as visitor:
        await visitor.page.locator(".tabs [data-tab=mail]").click()
        await visitor.page.locator(".letters > li").first.wait_for()
        await visitor.page.get_by_role("button", name="Talk", exact=True).wait_for()


async def test_a_typed_turn_is_done_shown_and_undone(browser: Browser, url: str) -> None:
    """Typing adds a task, the task stands in the list, and Undo takes it out again."""
    async with visit(browser, url) as visitor:
        await visitor.page.wait_for_selector(".tasks li")
        await visitor.type("Add turmeric to my shopping list")
        task = visitor.page.locator(".task", has_text="turmeric")
        await task.wait_for()
        turn = visitor.page.locator(".turn").last
        await turn.get_by_role("button", name="Undo").click()
        await turn.get_by_text("Undone").wait_for()
        await task.wait_for(state="detached")


async def test_the_thread_is_there_after_a_reload(browser: Browser, url: str) -> None:
    """What was said and answered stands in the thread when the page is opened anew."""
    async with visit(browser, url) as visitor:
        await visitor.page.wait_for_selector(".tasks li")
        await visitor.type("What's on tomorrow?")
        await visitor.page.reload()
        await expect(visitor.page.locator(".turn").last).to_contain_text("What's on tomorrow?")


async def test_a_mail_waits_for_the_yes_on_the_card(browser: Browser, url: str) -> None:
    """Sending mail asks first, with exactly what goes to whom; No leaves it unsent."""
    async with visit(browser, url) as visitor:
        await visitor.page.wait_for_selector(".letters > li")
        await visitor.type("Email sarah@example.com saying I will be ten minutes late")
        card = visitor.page.locator(".turn .approval").last
        await expect(card).to_contain_text("sarah@example.com")
        await card.get_by_role("button", name="No", exact=True).click()
        await expect(card).to_have_attribute("data-state", "declined")


async def test_memory_can_be_given_corrected_and_forgotten(browser: Browser, url: str) -> None:
    """On its page a memory is added, put right and forgotten for good."""
    async with visit(browser, url, "/memory") as visitor:
        page = visitor.page
        await page.get_by_label("Something to remember").fill("I take no meetings before ten")
        await page.get_by_role("button", name="Remember", exact=True).click()
        one = page.locator(".memories li", has_text="no meetings before ten")
        await one.get_by_role("button", name="Correct").click()
        await page.get_by_label("The corrected memory").fill("I take no meetings before eleven")
        await page.get_by_role("button", name="Save").click()
        right = page.locator(".memories li", has_text="before eleven")
        await right.get_by_role("button", name="Forget").click()
        await right.get_by_role("button", name="Forget for good").click()
        await right.wait_for(state="detached")


async def test_what_a_newer_memory_replaced_can_hold_again(browser: Browser, url: str) -> None:
    """It stands below, folded away; restored it holds, and the newer one is what holds no longer."""
    async with visit(browser, url, "/memory") as visitor:
        page = visitor.page
        for words in ("My bike lock is 12", "My bike lock is 40"):
            await page.get_by_label("Something to remember").fill(words)
            await page.get_by_role("button", name="Remember", exact=True).click()
            await page.locator(".sheet-of-paper > .memories li", has_text=words).wait_for()
        await page.locator(".earlier summary").click()
        older = page.locator(".earlier li", has_text="lock is 12")
        await older.get_by_role("button", name="It holds again").click()
        await page.locator(".sheet-of-paper > .memories li", has_text="lock is 12").wait_for()
        await page.locator(".earlier li", has_text="lock is 40").wait_for()


async def test_settings_are_kept(browser: Browser, url: str) -> None:
    """A change of the zone is there after a reload, and put back."""
    async with visit(browser, url, "/settings") as visitor:
        zone = visitor.page.get_by_label("Time zone")
        before = await zone.input_value()
        for chosen in ("Asia/Tokyo", before):
            await zone.select_option(chosen)
            await visitor.page.get_by_text("Saved.").wait_for()
            await visitor.page.reload()
            await expect(zone).to_have_value(chosen)


async def test_each_page_has_an_address_of_its_own(browser: Browser, url: str) -> None:
    """Opened by its address, each page behind the menu is shown by the server, without an error."""
    for path in ("/settings", "/settings/google", "/memory", "/changes", "/history"):
        async with visit(browser, url, path) as visitor:
            await visitor.page.locator("h1").wait_for()
            await visitor.settled()
            assert visitor.complaints == []
            assert visitor.foreign == []
