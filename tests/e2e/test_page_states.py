"""Every state of the page, against a double whose every word the test dictates: real browser, real sockets, real sound."""

import asyncio
import gzip
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import DIST, PHONE, Visit, chromium, visit
from tests.e2e.dictation import Dictation

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = DIST.parents[1] / "node_modules" / "axe-core" / "axe.min.js"


def heard(text: str, final: bool) -> tuple[str, Any]:
    return "user-transcription", {"text": text, "final": final, "timestamp": "", "user_id": ""}


def says(text: str, segment: int = 1) -> tuple[str, Any]:
    return "bot-output", {"text": text, "will_be_spoken": True, "segment_id": segment, "spoken_status": "new"}


def turn(reply: str, heard_of_it: str | None, name: str = "t1") -> tuple[str, Any]:
    told = {"type": "turn", "conversation_id": "one", "turn_id": name, "reply": reply, "heard": heard_of_it}
    return "server-message", told


STARTS, STOPS, SPEAKS, FALLS_SILENT = (
    ("user-started-speaking", None),
    ("user-stopped-speaking", None),
    ("bot-started-speaking", None),
    ("bot-stopped-speaking", None),
)


async def talking(visitor: Visit) -> None:
    await visitor.page.get_by_role("button", name="Talk", exact=True).click()
    await visitor.state("listening")


async def until_loud(visitor: Visit, *, within: float = 3) -> None:
    # Watched from inside of the page: a short sound may be over before a question from outside is answered.
    async with asyncio.timeout(within):
        await visitor.page.evaluate(
            "async () => { while (window.__loudness() < 0.02) await new Promise((pass) => setTimeout(pass, 20)); }"
        )


async def until_silent(visitor: Visit, *, within: float) -> None:
    # The analyser's own window and the browser's output buffer come on top of what the page does.
    async with asyncio.timeout(within + 0.15):
        while await visitor.loudness() > 0.002:
            await visitor.page.wait_for_timeout(10)


async def test_it_signs_in_by_itself_and_asks_no_other_host(browser: Browser, double: Dictation) -> None:
    """The page opens signed in, without an error, and never sends a request anywhere else, not even to talk."""
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector("[data-state=empty-thread]")
        await talking(visitor)
        assert visitor.foreign == []
        assert visitor.complaints == []


async def test_an_empty_day_says_what_to_say_and_offers_a_sample(browser: Browser, double: Dictation) -> None:
    """Empty day, tasks and mail each give words to say; one press fills them all."""
    async with visit(browser, double.url) as visitor:
        for state in ("empty-day", "empty-tasks", "empty-mail"):
            place = visitor.page.locator(f"[data-state={state}]")
            await place.wait_for()
            assert await place.locator("q").count() == 1
        await visitor.page.locator(".welcome").get_by_role("button", name="Load a sample day").click()
        await visitor.page.wait_for_selector(".event[data-conflict=true]")
        await expect(visitor.page.locator(".task")).to_have_count(5)
        await expect(visitor.page.locator(".letters > li")).to_have_count(4)


async def test_a_typed_turn_shows_what_was_done_and_takes_it_back(browser: Browser, double: Dictation) -> None:
    """An answer comes with a chip that opens to arguments and receipt, and with an undo that tells the server."""
    async with visit(browser, double.url) as visitor:
        await visitor.type("Add milk to my shopping list")
        last = visitor.page.locator(".turn").last
        assert "Milk is on your shopping list." in await last.inner_text()
        await last.locator(".chip[data-tool=add_task] summary").click()
        assert "Receipt" in await last.locator(".chip").inner_text()
        await last.get_by_role("button", name="Undo").click()
        await last.get_by_text("Undone").wait_for()


async def test_words_are_grey_while_heard_and_dark_when_final(browser: Browser, double: Dictation) -> None:
    """What is being heard appears in its place, may change, and becomes the turn."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        await double.line(STARTS, heard("move the dentist", False))
        await visitor.state("hearing")
        partial = visitor.page.locator(".turn .partial")
        assert await partial.inner_text() == "move the dentist"
        await double.line(heard("Move the dentist to ten.", True))
        await partial.wait_for(state="detached")
        assert "Move the dentist to ten." in await visitor.page.locator(".turn .said").inner_text()


async def test_thinking_is_shown_only_when_it_takes_long(browser: Browser, double: Dictation) -> None:
    """No thinking within half a second of the end of the words; after 700 ms there is."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        await double.line(STARTS, heard("Hm.", True), STOPS)
        await asyncio.sleep(0.5)
        assert await visitor.page.get_attribute(".talk", "data-state") == "hearing"
        await visitor.state("thinking", within=1)


async def test_esc_silences_it_at_once_and_it_can_be_heard_again(browser: Browser, double: Dictation) -> None:
    """Esc stops the sound and tells the server; the next answer is heard all the same."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        await double.line(SPEAKS, says("A long story."), ("tone", 5.0))
        await visitor.state("speaking")
        await until_loud(visitor)
        await visitor.page.keyboard.press("Escape")
        await until_silent(visitor, within=0.3)
        await visitor.state("listening", within=3)
        assert "stop" in await double.told()
        await double.line(FALLS_SILENT, SPEAKS, ("tone", 2.0))
        await until_loud(visitor)


async def test_speaking_over_it_silences_it_and_keeps_what_was_heard(browser: Browser, double: Dictation) -> None:
    """The server's interruption stops the sound; the answer ends with a dash at the last word heard."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        whole = "Two things tomorrow, the dentist and lunch."
        await double.line(heard("What's on tomorrow?", True), SPEAKS, says(whole), turn(whole, None), ("tone", 5.0))
        await until_loud(visitor)
        await double.line(STARTS, ("interruption", None))
        await until_silent(visitor, within=0.5)
        await visitor.page.wait_for_selector(".talk:is([data-state=interrupted], [data-state=hearing])")
        await double.line(turn(whole, "Two things tomorrow,"))
        answer = visitor.page.locator(".turn[data-state=cut] .answer > p")
        await answer.get_by_text("Two things tomorrow, —").wait_for()


async def test_a_murmur_does_not_cut_the_answer(browser: Browser, double: Dictation) -> None:
    """After an "mhm" the answer goes on: no dash, and no turn made of the murmur."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        whole = "Two things tomorrow, the dentist and lunch."
        await double.line(heard("What's on tomorrow?", True), SPEAKS, says(whole), turn(whole, None), ("tone", 1.0))
        await until_loud(visitor)
        await double.line(STARTS, ("interruption", None), heard("Mhm.", True), STOPS)
        await visitor.page.wait_for_selector(".turn[data-state=cut]")
        await double.line(SPEAKS, ("tone", 0.5), turn(whole, whole))
        await visitor.page.wait_for_selector(".turn[data-state=done]")
        assert await visitor.page.locator(".turn").count() == 1
        assert await visitor.page.locator(".cut").count() == 0


async def test_a_dropped_line_comes_back_and_keeps_the_thread(browser: Browser, double: Dictation) -> None:
    """When the line drops, the page says since when, keeps the words and is listening again within seconds."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        await double.line(heard("Remember the milk.", True), ("drop", None))
        await visitor.state("reconnecting", within=2)
        assert "The line dropped at" in await visitor.page.locator("#live-state").inner_text()
        dropped = time.monotonic()
        await visitor.state("listening", within=6)
        # two seconds, where nobody else needs this machine
        assert time.monotonic() - dropped < 5
        assert "Remember the milk." in await visitor.page.locator(".turns").inner_text()


async def test_a_line_that_died_without_a_word_is_left(browser: Browser, double: Dictation) -> None:
    """The socket still seems open, but the server answers no more: the page notices, and opens another line by itself."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        await asyncio.sleep(1.5)  # it has been answered once
        await double.line(("die", None))
        await visitor.state("reconnecting", within=10)
        await visitor.state("listening", within=10)


async def test_a_server_that_is_gone_is_said_and_found_again(browser: Browser, double: Dictation) -> None:
    """While the server is away the page says so and since when; when it is back, the page is whole by itself."""
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector("[data-state=empty-thread]")
        await visitor.page.route("**/v1/**", lambda route: route.abort())
        await visitor.page.fill("#say", "hello")
        await visitor.page.keyboard.press("Enter")
        await visitor.page.wait_for_selector(".away[data-state=gone]")
        await visitor.page.wait_for_selector(".turn[data-state=failed] .trouble")
        await visitor.page.unroute("**/v1/**")
        await visitor.page.wait_for_selector(".away", state="detached", timeout=8000)


async def test_only_one_tab_has_the_conversation(browser: Browser, double: Dictation) -> None:
    """Talking in a second tab takes the conversation there, and the first says so."""
    async with visit(browser, double.url) as first:
        await talking(first)
        page = await first.page.context.new_page()
        await page.goto(double.url)
        await talking(Visit(page, double.url))
        await first.state("elsewhere")


async def test_busy_lines_say_when_to_try_again(browser: Browser, double: Dictation) -> None:
    """A server that takes no more conversations is shown as full, with the seconds to wait."""
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector("[data-state=empty-thread]")
        await double.post("/double/refuse", {"/v1/voice/connect": {"title": "Too many are talking.", "status": 429}})
        await visitor.page.get_by_role("button", name="Talk", exact=True).click()
        await visitor.state("full")
        assert "Try again in" in await visitor.page.locator("#live-state").inner_text()


async def test_a_goodbye_is_shown_and_not_called_back(browser: Browser, double: Dictation) -> None:
    """When the server ends the conversation, its words are shown and the page does not call again by itself."""
    async with visit(browser, double.url) as visitor:
        await talking(visitor)
        goodbye = {"type": "ended", "reason": "silence", "say": "I heard nothing for a while."}
        await double.line(("server-message", goodbye), ("drop", None))
        await visitor.state("ended")
        await asyncio.sleep(1)
        assert "I heard nothing for a while." in await visitor.page.locator("#live-state").inner_text()
        assert await visitor.page.get_attribute(".talk", "data-state") == "ended"


async def test_a_refused_microphone_says_how_to_allow_it(double: Dictation) -> None:
    """Without permission the page says what to press in this browser, and typing still works."""
    async with chromium(allowed=False) as browser, visit(browser, double.url) as visitor:
        await visitor.page.get_by_role("button", name="Talk", exact=True).click()
        await visitor.state("denied")
        assert "allow the microphone" in await visitor.page.locator("#live-state").inner_text()
        await visitor.type("What's on tomorrow?")


async def test_who_may_not_sign_in_is_told_what_to_do(browser: Browser, double: Dictation) -> None:
    """A refused sign-in is a page of its own: what happened, what is safe, what to do."""
    refusal = {"title": "Only the owner, on this machine.", "status": 403}
    await double.post("/double/refuse", {"/v1/auth": refusal, "/v1/me": {"title": "Sign in.", "status": 401}})
    async with visit(browser, double.url) as visitor:
        place = visitor.page.locator("[data-state=signed-out]")
        await place.wait_for()
        assert "Only the owner" in await place.inner_text()


async def test_what_others_see_waits_for_a_yes_and_is_not_shown_as_done_before(
    browser: Browser, double: Dictation
) -> None:
    """The card says exactly what goes to whom; A goes to it; it says sent only after the server did."""
    async with visit(browser, double.url) as visitor:
        await visitor.type("Send Dana a reply saying eleven works")
        card = visitor.page.locator(".turn .approval")
        for words in ("dana@example.com", "Re: Budget review moved?", "eleven works for me."):
            assert words in await card.inner_text()
        await visitor.page.locator("h1").first.evaluate("() => document.activeElement.blur()")
        await visitor.page.keyboard.press("a")
        await visitor.page.wait_for_selector(".approval:focus")
        await double.post("/double/refuse", {"/v1/approvals/p1": {"title": "Not now.", "status": 503}})
        await card.get_by_role("button", name="Send").click()
        await visitor.page.locator(".notice").get_by_text("Not now.").wait_for()
        assert await card.get_attribute("data-state") == "pending"
        await double.post("/double/refuse", {})
        await card.get_by_role("button", name="Send").click()
        await visitor.page.wait_for_selector(".turn .approval[data-state=approved]")


async def test_a_reminder_rings_when_its_time_comes(browser: Browser, double: Dictation) -> None:
    """By the page's own clock, as no server tells it: shown, said once, heard, notified without its words, put off by ten minutes."""
    await double.morning(silent=True)
    shown = """window.__shown = []; window.Notification = class extends Notification {
        constructor(title, more) { super(title, more); window.__shown.push(title + (more.body ?? "")); }
    }"""
    async with visit(browser, double.url, "/settings", permissions=["notifications"]) as visitor:
        page = visitor.page
        await page.add_init_script(shown)
        await page.locator("#notify").click()
        await page.locator("#notifying[data-state=on]").wait_for()
        await page.goto(double.url)
        await page.wait_for_selector("[data-state=empty-thread]")
        await page.mouse.click(640, 300)
        await double.remind("Call mum", 2.5)
        await visitor.type("What's on tomorrow?")
        assert await page.locator(".approval[data-state=due]").count() == 0
        card = page.get_by_role("group", name="Call mum")
        await asyncio.gather(card.wait_for(timeout=5000), until_loud(visitor, within=8))
        assert await page.title() == "(1) Chronus"
        assert await page.locator("[aria-live=assertive]").inner_text() == "Reminder: Call mum"
        assert await page.evaluate("window.__shown") == ["Chronus: a reminder is due"]
        await card.get_by_role("button", name="In 10 minutes").click()
        await card.wait_for(state="detached")
        [later] = await double.reminders()
        wait = datetime.fromisoformat(later["due"]) - datetime.now(UTC)
        assert later["text"] == "Call mum"
        assert 590 < wait.total_seconds() < 601
        assert await page.title() == "Chronus"
        assert [line for line in visitor.complaints if "503" not in line] == []


async def test_a_voice_is_tried_and_chosen(browser: Browser, double: Dictation) -> None:
    """The voices stand by engine with their terms; one press speaks in it; the choice and the pace are kept at once."""
    async with visit(browser, double.url, "/settings") as visitor:
        page = visitor.page
        voice = page.locator("select#voice")
        await voice.locator("optgroup").nth(1).wait_for(state="attached")
        assert await voice.input_value() == "piper:joe"
        assert await page.get_by_text("Terms unclear.").count() == 1
        await voice.select_option("google:en-US-Chirp3-HD-Kore")
        await page.get_by_text("Saved.", exact=True).wait_for()
        await page.get_by_label("How fast I speak").select_option("1.3")
        await page.get_by_text("Saved.", exact=True).wait_for()
        await page.get_by_role("button", name="Hear it").click()
        await page.get_by_role("button", name="Stop").wait_for()
        await page.get_by_role("button", name="Hear it").wait_for(timeout=5000)
        assert "google:en-US-Chirp3-HD-Kore 1.3" in await double.told()
        await page.reload()
        assert await voice.input_value() == "google:en-US-Chirp3-HD-Kore"
        assert await page.get_by_label("How fast I speak").input_value() == "1.3"
        assert visitor.complaints == []


async def test_voices_that_cannot_be_listed_are_told(browser: Browser, double: Dictation) -> None:
    """The rest of the settings stays."""
    await double.post("/double/refuse", {"/v1/voice/voices": {"title": "Not now.", "status": 503}})
    async with visit(browser, double.url, "/settings") as visitor:
        await visitor.page.locator("#voice[data-state=failed]").get_by_text("Not now.").wait_for()
        assert await visitor.page.get_by_label("Time zone").input_value()


async def test_late_reminders_wait_without_a_sound(browser: Browser, double: Dictation) -> None:
    """What came due while the page was closed is shown oldest first, unrung; by keyboard it is done and the next has the focus."""
    await double.remind("Water the plants", -60)
    await double.remind("Call mum", -3600)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        cards = page.locator(".needs .approval[data-state=due]")
        await cards.nth(1).wait_for()
        assert "since" in await cards.first.inner_text()
        assert "Call mum" in await cards.first.inner_text()
        assert await page.title() == "(2) Chronus"
        await page.keyboard.press("a")
        await page.wait_for_selector(".approval:focus", state="attached")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.wait_for_selector(".approval:focus:has-text('Water the plants')")
        await page.wait_for_timeout(300)
        assert [one["text"] for one in await double.reminders()] == ["Water the plants"]
        assert await page.locator("[aria-live=assertive]").inner_text() == ""
        assert await visitor.loudness() == 0


async def test_holding_space_talks_only_while_it_is_down(browser: Browser, double: Dictation) -> None:
    """Space opens the line; let go, the microphone is still; in the text field it is only a space."""
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector("[data-state=empty-thread]")
        await visitor.page.fill("#say", "")
        await visitor.page.keyboard.press("Space")
        assert await visitor.page.input_value("#say") == " "
        await visitor.page.evaluate("document.activeElement.blur()")
        await visitor.page.keyboard.down("Space")
        await visitor.state("listening")
        await visitor.page.keyboard.up("Space")
        await visitor.state("muted")
        await visitor.page.keyboard.down("Space")
        await visitor.state("listening")


async def test_pages_have_addresses_and_back_works(browser: Browser, double: Dictation) -> None:
    """Each page behind the menu can be opened by its address and left by the browser's back."""
    async with visit(browser, double.url) as visitor:
        for name, address in (("Settings", "/settings"), ("What I remember", "/memory"), ("What I did", "/changes")):
            await visitor.page.get_by_role("button", name="Menu").click()
            await visitor.page.locator("#menu").get_by_role("link", name=name).click()
            await visitor.page.get_by_role("heading", level=1, name=name).wait_for()
            assert visitor.page.url == double.url + address
            await visitor.page.reload()
            await visitor.page.get_by_role("heading", level=1, name=name).wait_for()
            await visitor.page.go_back()
            await visitor.page.wait_for_selector(".thread")


async def test_hostile_mail_is_only_text(browser: Browser, double: Dictation) -> None:
    """Markup in a mail is shown as it was written and does nothing."""
    await double.post("/v1/demo")
    async with visit(browser, double.url) as visitor:
        letter = visitor.page.locator(".letters > li", has_text="Invoice 4471")
        await letter.locator("summary").click()
        assert "<script>document.title='owned'</script>" in await letter.inner_text()
        assert await visitor.page.title() == "Chronus"
        assert await letter.locator("b, script").count() == 0


async def test_times_are_the_persons_not_the_browsers(browser: Browser, double: Dictation) -> None:
    """A browser in another zone shows the day in the person's own."""
    await double.post("/v1/demo")
    context = await browser.new_context(locale="en-GB", timezone_id="America/New_York")
    page = await context.new_page()
    await page.goto(double.url)
    await page.wait_for_selector(".event")
    label = await page.locator(".event", has_text="Dentist").first.get_attribute("aria-label")
    await context.close()
    assert label is not None
    assert "10:00" in label


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ((1280, 800), "light"),
        (PHONE, "dark"),
        pytest.param((1280, 800), "dark", marks=pytest.mark.slow),
        pytest.param((640, 400), "light", marks=pytest.mark.slow),
    ],
)
async def test_it_can_be_used_by_everybody(
    browser: Browser, double: Dictation, scheme: Any, size: tuple[int, int]
) -> None:
    """No accessibility rule is broken, contrast is at least 7:1 and nothing scrolls sideways: wide, phone, 200 % zoom."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in voice/web)")
    await double.post("/v1/demo")
    await double.post("/double/approval")
    await double.remind("Call mum", -60)
    rules = (
        "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], rules: {'color-contrast-enhanced': {enabled: true}}}"
    )
    async with visit(browser, double.url, size=size, color_scheme=scheme, bypass_csp=True) as visitor:
        await talking(visitor)
        await double.line(STARTS, heard("what is on", False))
        for path in ("/", "/settings", "/settings/work", "/changes", "/memory", "/history"):
            if path != "/":
                await visitor.page.goto(double.url + path)
            await visitor.settled()
            await visitor.page.evaluate(AXE.read_text())
            found = await visitor.page.evaluate(f"axe.run(document, {rules})")
            broken = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
            assert broken == [], path
            assert not await visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth"), path


async def test_nothing_moves_when_the_data_arrives(browser: Browser, double: Dictation) -> None:
    """With a slow server the page is painted within a second and nothing jumps when the day comes in."""
    await double.post("/v1/demo")
    await double.remind("Call mum", -60)
    await double.post("/double/slow", {"seconds": 0.4})
    watch = """window.__moved = 0; new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.__moved += one.value;
    }).observe({type: 'layout-shift', buffered: true})"""
    async with visit(browser, double.url) as visitor:
        await visitor.page.add_init_script(watch)
        await visitor.page.goto(double.url)
        await visitor.page.wait_for_selector(".letters > li")
        await visitor.page.wait_for_timeout(300)
        assert await visitor.page.evaluate("window.__moved") < 0.005
        painted = await visitor.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        assert painted < 1000


async def test_the_page_is_small(double: Dictation) -> None:
    """What is loaded before the first word weighs under 200 kB packed; the voice SDK comes only with Talk."""
    first = [file for file in (DIST.parent / "assets").iterdir() if not file.name.startswith("line-")]
    packed = sum(len(gzip.compress(file.read_bytes())) for file in [DIST, *first])
    assert packed < 200_000


async def test_nothing_built_asks_another_host() -> None:
    """No file of the built page names a host to fetch from, so none can be asked even by accident."""
    if not DIST.is_file():
        pytest.skip("the page is not built")
    named: list[Path] = []
    for file in (DIST.parent / "assets").glob("*.js"):
        text = file.read_text()
        if any(host in text for host in ("daily.co", "sentry.io", "googleapis.com", "cdn.")):
            named.append(file)
    assert named == []
