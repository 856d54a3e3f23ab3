"""What happens unasked, on the page: the briefing, the digest, suggestions, reminders, what was told, and how the work stands."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import DIST, PHONE, Visit, visit
from tests.e2e.dictation import Dictation

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = DIST.parents[1] / "node_modules" / "axe-core" / "axe.min.js"


async def morning(double: Dictation) -> None:
    await double.post("/v1/demo")


async def heard(double: Dictation, least: int) -> None:
    async def there() -> bool:
        return int((await double.saw())["briefing"]["cursor"]) >= least

    await until(there)


async def asked(double: Dictation, what: str) -> None:
    async def there() -> bool:
        return what in (await double.saw())["asked"]

    await until(there)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for it, however busy the machine is."""
    async with asyncio.timeout(30):
        while True:
            if await true():
                return
            await asyncio.sleep(0.05)


class Player:
    """The briefing on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.all = page.locator("section.briefing")
        self.progress = self.all.locator(".progress")

    async def play(self) -> None:
        await self.all.locator(".play").click()
        await self.all.locator(".player[data-state=playing]").wait_for()

    async def word(self) -> int:
        return int(await self.progress.input_value())

    async def beyond(self, word: int) -> None:
        async def there() -> bool:
            return await self.word() > word

        await until(there)


async def test_the_briefing_is_heard_and_goes_on_where_it_stopped(browser: Browser, double: Dictation) -> None:
    """It plays, shows the item that is heard, keeps how far it came when paused, and opened anew goes on from there."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await expect(player.all).to_have_attribute("data-state", "unheard")
        await player.play()
        await player.beyond(4)
        assert await player.all.locator("[data-current=true]").count() == 1
        await player.all.get_by_role("button", name="Pause the briefing").click()
        stopped = await player.word()
        await heard(double, stopped)
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await player.all.get_by_role("button", name="Go on with the briefing").wait_for()
        assert await player.word() == stopped
        await player.play()
        await player.beyond(stopped)
        assert visitor.complaints == []


async def test_leaving_the_page_keeps_what_was_heard(browser: Browser, double: Dictation) -> None:
    """Closed in the middle of a sentence, nothing of what was heard is lost."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await player.play()
        await player.beyond(6)
        word = await player.word()
        await visitor.page.goto("about:blank")
        await heard(double, word)


async def test_it_is_skipped_and_sped_up_by_keyboard(browser: Browser, double: Dictation) -> None:
    """B plays and pauses, Skip and Back go by items, the speed is kept for the next time."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page, player = visitor.page, Player(visitor.page)
        await player.all.get_by_role("button", name="Skip").press("Enter")
        assert await player.word() == 3
        await player.all.get_by_role("button", name="Skip").press("Enter")
        assert await player.word() == 9
        await player.all.get_by_role("button", name="Back").press("Enter")
        assert await player.word() == 3
        await player.all.get_by_label("Speed").select_option("2")
        await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("b")
        await player.all.locator(".player[data-state=playing]").wait_for()
        await page.keyboard.press("b")
        await player.all.locator(".player[data-state=still]").wait_for()
        await page.reload()
        await expect(player.all.get_by_label("Speed")).to_have_value("2")


async def test_its_items_lead_to_where_they_are_from(browser: Browser, double: Dictation) -> None:
    """An event opens, a task and a mail are gone to, each by the arrow beside the words."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page, player = visitor.page, Player(visitor.page)
        await player.all.get_by_role("button", name="All 8").click()
        await player.all.get_by_role("button", name="In your tasks").click()
        await page.wait_for_selector("#task-report:focus")
        await player.all.get_by_role("button", name="The mail").click()
        await page.wait_for_selector("#mail-m1[open]")
        await player.all.get_by_role("button", name="In the calendar").first.click()
        await page.get_by_role("dialog").get_by_text("Stand-up", exact=True).wait_for()


SLOW_SOUND = """
const Sound = window.Audio;
window.Audio = class extends Sound { constructor() { super(); window.__audio = this; } };
"""


async def test_words_and_seconds_agree_where_the_sound_tells(browser: Browser, double: Dictation) -> None:
    """An item is sought where its sound begins, and what leads over to an item is not counted as heard before it was said."""
    await morning(double)
    told = (await double.saw())["briefing"]
    begins = [0, 20_000, 20_500, 21_000, 21_500, 22_000, 22_500, 23_000]
    items = [
        one | {"begins": one["begins"] + 4, "starts_ms": at} for one, at in zip(told["items"], begins, strict=True)
    ]
    await double.morning(briefing={"text": f"Here is your day. {told['text']}", "items": items})
    async with visit(browser, double.url) as visitor:
        page, player = visitor.page, Player(visitor.page)
        await page.add_init_script(SLOW_SOUND)
        await page.reload()
        await player.play()
        await page.evaluate("window.__audio.playbackRate = 0.1")
        await page.evaluate("window.__audio.currentTime = 9")
        await player.beyond(2)
        assert await player.word() <= 4
        await player.all.get_by_role("button", name="From here: At ten").click()
        assert 20 <= await page.evaluate("window.__audio.currentTime") < 20.5


async def test_sound_that_is_still_being_made_is_waited_for(browser: Browser, double: Dictation) -> None:
    """Pressed before the sound is there, it says so, can be read meanwhile, and plays by itself once it is made."""
    await morning(double)
    await double.morning(briefing={"audio": "pending"})
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await player.all.locator(".play").click()
        await player.all.get_by_text("Making the sound…").wait_for()
        assert await player.all.locator(".items li").count() == 3
        await double.morning(briefing={"audio": "ready"})
        await player.all.locator(".player[data-state=playing]").wait_for()


async def test_no_briefing_yet_is_written_now(browser: Browser, double: Dictation) -> None:
    """Before its time the page says when it comes; one press writes it."""
    async with visit(browser, double.url) as visitor:
        place = visitor.page.locator("[data-state=no-briefing]")
        assert "07:30" in await place.inner_text()
        await double.post("/double/refuse", {"POST /v1/briefing": {"title": "Not now.", "status": 503}})
        await place.get_by_role("button", name="Write it now").click()
        await place.get_by_text("Not now. Nothing is lost.").wait_for()
        await double.post("/double/refuse", {})
        await place.get_by_role("button", name="Write it now").click()
        await visitor.page.locator("section.briefing .items li").first.wait_for()


async def test_yesterdays_briefing_is_not_todays(browser: Browser, double: Dictation) -> None:
    """A briefing of another day is not given out as today's."""
    await morning(double)
    await double.morning(briefing={"date": "2020-02-20"})
    async with visit(browser, double.url) as visitor:
        await visitor.page.locator("[data-state=no-briefing]").wait_for()


async def test_what_was_added_unasked_is_told_and_taken_back(browser: Browser, double: Dictation) -> None:
    """Where the person allows it, what a mail asks for is a task already; the page says so beside the mail's words."""
    await morning(double)
    [first, *others] = (await double.saw())["digest"]["items"]
    await double.post("/v1/email/digest/items/d1/accept")
    items = [first | {"state": "added", "task_id": "task-d1"}, *others]
    await double.morning(digest={"items": items})
    async with visit(browser, double.url) as visitor:
        clause = visitor.page.get_by_role("group", name="Look at clause 4 of the contract")
        await clause.get_by_text("I put it in your tasks").wait_for()
        await clause.get_by_role("button", name="Undo").click()
        await clause.get_by_role("button", name="Add to my tasks").wait_for()
        await visitor.settled()
        assert await visitor.page.locator(".task", has_text="clause 4").count() == 0


async def test_what_is_new_is_marked_and_the_conversation_moves_the_same_cursor(
    browser: Browser, double: Dictation
) -> None:
    """Spoken in a conversation, the player shows how far it came; what was added since is marked as new."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await player.all.locator(".items li").first.wait_for()
        await double.listened()
        await double.morning(briefing={"cursor": 20, "fresh": ["b6"]})
        await double.changed("briefing")
        await expect(player.progress).to_have_value("20")
        await expect(player.all.locator("[data-current=true]")).to_contain_text("half past twelve")
        await player.all.get_by_role("button", name="All 8").click()
        await expect(player.all.locator("li", has_text="New")).to_have_count(1)


async def test_a_conversation_silences_the_briefing(browser: Browser, double: Dictation) -> None:
    """Whoever begins to talk is not talked over."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        player = Player(visitor.page)
        await player.play()
        await visitor.page.get_by_role("button", name="Talk", exact=True).click()
        await player.all.locator(".player[data-state=still]").wait_for()


async def test_what_mail_asks_becomes_a_task_and_is_taken_back(browser: Browser, double: Dictation) -> None:
    """With its words and its mail as witness; Add puts it among the tasks, Undo takes it out, Dismiss can be thought over."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        clause = page.get_by_role("group", name="Look at clause 4 of the contract")
        await expect(clause.locator("blockquote")).to_contain_text("before noon tomorrow?")
        await clause.get_by_role("button", name="Sarah Okafor: Contract").click()
        await page.wait_for_selector("#mail-m1[open]")
        await clause.get_by_role("button", name="Add to my tasks").click()
        await page.locator(".task", has_text="clause 4").wait_for()
        await clause.get_by_role("button", name="Undo").click()
        await page.locator(".task", has_text="clause 4").wait_for(state="detached")
        await clause.get_by_role("button", name="Add to my tasks").wait_for()
        other = page.get_by_role("group", name="Say whether eleven works for Dana")
        await other.get_by_role("button", name="Dismiss").click()
        await other.get_by_role("button", name="Add it after all").click()
        await page.locator(".task", has_text="eleven works").wait_for()


async def test_all_that_mail_asks_at_once_and_why_mails_matter(browser: Browser, double: Dictation) -> None:
    """One press adds all; each mail says why it matters, and one that left the list is fetched when it is opened."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.get_by_role("button", name="Add all 2 to my tasks").click()
        await expect(page.locator(".asked li", has_text="In your tasks")).to_have_count(2)
        letter = page.locator(".letters > li", has_text="The flat in York")
        await expect(letter.locator(".reason")).to_contain_text("You answered in this thread.")
        await letter.locator("summary").click()
        await letter.get_by_text("The keys are with the neighbour.", exact=False).first.wait_for()


async def test_mail_is_gone_through_now(browser: Browser, double: Dictation) -> None:
    """Before the digest's time the page says when it comes; one press reads the mail now, and a refusal is told."""
    async with visit(browser, double.url) as visitor:
        place = visitor.page.locator("[data-state=no-digest]")
        assert "08:00" in await place.inner_text()
        await double.post("/double/refuse", {"/v1/email/digest": {"title": "Google is not answering.", "status": 503}})
        await place.get_by_role("button", name="Read my mail now").click()
        await place.get_by_text("Google is not answering. Nothing was changed.").wait_for()
        await double.post("/double/refuse", {})
        await place.get_by_role("button", name="Read my mail now").click()
        await visitor.page.locator(".digest .says").wait_for()


async def test_a_suggestion_is_put_on_the_calendar_and_taken_off(browser: Browser, double: Dictation) -> None:
    """It says why; put on the calendar it says so with an Undo, and only after the server did."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        card = visitor.page.get_by_role("group", name="Work on the slides")
        await expect(card).to_contain_text("your longest free hours")
        await card.get_by_role("button", name="Put it on my calendar").click()
        done = visitor.page.locator(".suggestions [data-state=accepted]")
        await expect(done).to_contain_text("on your calendar, tomorrow 13:00")
        await done.get_by_role("button", name="Undo").click()
        await done.wait_for(state="detached")


async def test_a_suggestion_is_declined(browser: Browser, double: Dictation) -> None:
    """Not now takes it away, and the server is told."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        card = visitor.page.get_by_role("group", name="Work on the slides")
        await card.get_by_role("button", name="Not now").click()
        await card.wait_for(state="detached")
        await asked(double, "dismiss s1")


async def test_the_servers_word_rings_a_reminder_once(browser: Browser, double: Dictation) -> None:
    """Told by the server it is shown, said and heard at once; told again after a break, or read elsewhere, it does not ring."""
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector("[data-state=empty-thread]")
        await page.mouse.click(640, 300)
        await double.listened()
        await double.remind("Call mum", -1)
        [mum] = await double.reminders()
        ring = {"link": f"/#reminder-{mum['id']}", "name": "ring"}
        await asyncio.gather(double.tell("reminder", "Reminder: Call mum.", **ring), loud(visitor))
        card = page.get_by_role("group", name="Call mum")
        await card.wait_for()
        assert await page.locator("[aria-live=assertive]").inner_text() == "Reminder: Call mum."
        await page.evaluate(
            "window.__said = 0; new MutationObserver(() => window.__said++).observe(document.querySelector('[aria-live=assertive]'), {childList: true, subtree: true, characterData: true})"
        )
        await double.tell("reminder", "Reminder: Call mum.", **ring)
        await double.tell("reminder", "Reminder: Feed the cat.", name="read-elsewhere", read=True)
        await double.tell("digest", "Your mail is read.", name="after")
        await expect(page.locator("[aria-live=polite]").first).to_have_text("Your mail is read.")
        assert await page.evaluate("window.__said") == 0
        await card.get_by_role("button", name="In an hour").click()
        await card.wait_for(state="detached")
        await page.get_by_role("button", name="What I told you, 1 unread").wait_for()


async def loud(visitor: Visit) -> None:
    async with asyncio.timeout(20):
        await visitor.page.evaluate(
            "async () => { while (window.__loudness() < 0.02) await new Promise((pass) => setTimeout(pass, 20)); }"
        )


async def test_a_reminder_to_come_is_put_off_and_dropped(browser: Browser, double: Dictation) -> None:
    """In the list each can be had an hour later, or not at all."""
    await double.remind("Water the plants", 3600)
    async with visit(browser, double.url) as visitor:
        line = visitor.page.locator(".reminders li")
        [before] = await double.reminders()
        await line.get_by_role("button", name="An hour later").click()

        async def later() -> bool:
            return (await double.reminders())[0]["due"] != before["due"]

        await until(later)
        await line.get_by_role("button", name="Drop the reminder").click()
        await line.wait_for(state="detached")


async def test_the_bell_counts_shows_and_leads(browser: Browser, double: Dictation) -> None:
    """What was told is counted, listed newest first, read by going to it or without going, and by another page."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.get_by_role("button", name="What I told you, 2 unread").click()
        panel = page.locator("#told")
        await expect(panel.locator("li")).to_have_count(3)
        await panel.get_by_role("button", name="Mark as read: You are free").click()
        await page.get_by_role("button", name="What I told you, 1 unread").wait_for()
        await panel.locator(".told-line", has_text="Three mails matter").click()
        await page.wait_for_selector("#digest:focus")
        await page.get_by_role("button", name="What I told you", exact=True).wait_for()
        await double.listened()
        await double.tell("briefing", "There is news in your briefing.", "/#briefing")
        await page.get_by_role("button", name="What I told you, 1 unread").click()
        await panel.get_by_role("button", name="Mark all as read").click()
        await page.get_by_role("button", name="What I told you", exact=True).wait_for()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()


async def test_a_broken_stream_is_taken_up_where_it_broke(browser: Browser, double: Dictation) -> None:
    """What is told while the line is down arrives when it stands again, by the number of what came last."""
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await double.listened()
        await double.tell("digest", "The first.", name="first")
        await page.get_by_role("button", name="What I told you, 1 unread").wait_for()
        await double.morning(silent=True)
        await double.post("/double/hang-up")
        await double.tell("digest", "The second.", name="second")
        await double.morning(silent=False)
        await page.get_by_role("button", name="What I told you, 2 unread").wait_for()
        await double.listened()
        assert "listen after 1" in (await double.saw())["asked"]


async def test_one_stream_serves_all_tabs(browser: Browser, double: Dictation) -> None:
    """Two tabs of one browser keep one line open, both are told, and when the one that kept it goes the other takes over."""
    async with visit(browser, double.url) as visitor:
        first = visitor.page
        await double.listened()
        second = await first.context.new_page()
        await second.goto(double.url)
        await second.wait_for_selector("[data-state=empty-thread]")
        await double.tell("digest", "For both.", name="both")
        for page in (first, second):
            await page.get_by_role("button", name="What I told you, 1 unread").wait_for()
        assert (await double.saw())["listening"] == 1
        await first.close()
        await asked(double, "listen after 1")
        await double.tell("digest", "For the one that is left.", name="left")
        await second.get_by_role("button", name="What I told you, 2 unread").wait_for()


async def test_what_changes_is_read_and_nothing_else(browser: Browser, double: Dictation) -> None:
    """Told that tasks changed, the page reads the tasks; the calendar and the mail are left alone."""
    await morning(double)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector(".task")
        await double.listened()
        await page.wait_for_timeout(500)
        read: list[str] = []
        page.on("request", lambda request: read.append(request.url.split("/v1/")[-1].split("?")[0]))
        await double.post("/v1/tasks", {"title": "From elsewhere"})
        await double.changed("tasks")
        await page.locator(".task", has_text="From elsewhere").wait_for()
        assert set(read) <= {"tasks", "changes"}


async def test_an_address_with_a_place_leads_there(browser: Browser, double: Dictation) -> None:
    """Opened from a push, on a telephone too, the page shows what the push was about."""
    await morning(double)
    async with visit(browser, double.url, "/#digest", size=PHONE) as visitor:
        await visitor.page.wait_for_selector("#digest:focus")
        await expect(visitor.page.locator(".tabs [data-tab=mail]")).to_have_attribute("aria-current", "page")
        assert visitor.page.url == f"{double.url}/"


PUSHES = """
window.Notification.requestPermission = async () => window.__answer ?? 'granted';
Object.defineProperty(Notification, 'permission', {get: () => window.__answer ?? 'default'});
const made = {endpoint: 'https://push.example/one', toJSON() { return {endpoint: this.endpoint, keys: {p256dh: 'p', auth: 'a'}}; },
    async unsubscribe() { window.__made = null; return true; }};
const manager = {async subscribe(how) { window.__key = how.applicationServerKey.length; return (window.__made = made); },
    async getSubscription() { return window.__made ?? null; }};
const registration = {pushManager: manager};
navigator.serviceWorker.register = async (path) => { window.__worker = path; return registration; };
navigator.serviceWorker.getRegistration = async () => registration;
Object.defineProperty(navigator.serviceWorker, 'ready', {get: async () => registration});
"""


async def test_the_page_is_told_when_it_is_closed(browser: Browser, double: Dictation) -> None:
    """One switch subscribes this browser with the server's key and tells the server; off takes both back."""
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.add_init_script(PUSHES)
        await page.goto(f"{double.url}/settings")
        state = page.locator("#pushing")
        await expect(state).to_have_attribute("data-state", "off")
        await page.get_by_label("Tell me when this page is closed").click()
        await expect(state).to_have_attribute("data-state", "on")
        assert await page.evaluate("[window.__worker, window.__key]") == ["/sw.js", 65]
        assert [one["endpoint"] for one in (await double.saw())["pushes"]] == ["https://push.example/one"]
        await page.get_by_label("Tell me when this page is closed").click()
        await expect(state).to_have_attribute("data-state", "off")
        assert (await double.saw())["pushes"] == []


async def test_a_blocked_push_says_how_to_allow_it(browser: Browser, double: Dictation) -> None:
    """Denied in the browser, the switch stays off and says where it is allowed."""
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.add_init_script("window.__answer = 'denied';" + PUSHES)
        await page.goto(f"{double.url}/settings")
        await expect(page.locator("#pushing")).to_have_attribute("data-state", "blocked")
        await expect(page.locator("#pushing")).to_contain_text("beside its address")
        await expect(page.get_by_label("Tell me when this page is closed")).to_have_attribute("aria-checked", "false")


async def test_what_is_done_unasked_is_set(browser: Browser, double: Dictation) -> None:
    """The digest's time, adding without asking, suggestions a day and what a push may say are kept."""
    async with visit(browser, double.url, "/settings") as visitor:
        page = visitor.page
        await page.get_by_label("Go through my mail at").fill("07:15")
        await page.get_by_label("Add what mail asks for to my tasks").click()
        await page.get_by_label("Suggestions a day").select_option("1")
        await page.get_by_label("Say there what it is about").click()
        await page.get_by_text("Saved.", exact=True).wait_for()
        await page.reload()
        await expect(page.get_by_label("Go through my mail at")).to_have_value("07:15")
        await expect(page.get_by_label("Add what mail asks for to my tasks")).to_have_attribute("aria-checked", "true")
        await expect(page.get_by_label("Suggestions a day")).to_have_value("1")
        await expect(page.get_by_label("Say there what it is about")).to_have_attribute("aria-checked", "true")


async def test_the_podcasts_address_is_made_copied_and_taken_back(browser: Browser, double: Dictation) -> None:
    """The address is shown once made, copied with one press, replaced, and gone when it is taken back."""
    permissions = ["clipboard-read", "clipboard-write"]
    async with visit(browser, double.url, "/settings", permissions=permissions) as visitor:
        page = visitor.page
        await page.get_by_role("button", name="Make an address").click()
        address = page.locator("#feed")
        first = await address.input_value()
        await page.get_by_role("button", name="Copy").click()
        await page.get_by_text("Copied.", exact=True).wait_for()
        assert await page.evaluate("navigator.clipboard.readText()") == first
        await page.get_by_role("button", name="New address").click()
        await expect(address).not_to_have_value(first)
        await page.get_by_role("button", name="Take it back").click()
        await address.wait_for(state="detached")


async def test_how_the_work_stands(browser: Browser, double: Dictation) -> None:
    """Each work says when it ran and when it runs next; what was given up comes first, says why, and is tried again."""
    await morning(double)
    async with visit(browser, double.url, "/settings/work") as visitor:
        page = visitor.page
        first = page.locator(".works li").first
        await expect(first).to_have_attribute("data-state", "parked")
        await expect(first).to_contain_text("Given up after 5 tries")
        await expect(first).to_contain_text("no answer that could be read")
        await expect(page.locator("[data-job='email.digest']")).to_contain_text("Next tomorrow 08:00")
        await first.get_by_role("button", name="Try again").click()
        await expect(page.locator("[data-job='memory.fold']")).to_have_attribute("data-state", "running")


@pytest.mark.parametrize(
    "path", ["/v1/briefing", "/v1/email/digest", "/v1/suggestions", "/v1/reminders", "/v1/notifications"]
)
async def test_one_part_that_fails_leaves_the_rest(browser: Browser, double: Dictation, path: str) -> None:
    """What cannot be read says so in its place, with a way to try again that works; everything else is there."""
    await morning(double)
    await double.post("/double/refuse", {path: {"title": "Not now.", "status": 503}})
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.wait_for_selector(".task")
        if path == "/v1/notifications":
            await page.get_by_role("button", name="What I told you").click()
        trouble = page.locator(".trouble", has_text="Not now.")
        await trouble.wait_for()
        await double.post("/double/refuse", {})
        await trouble.get_by_role("button", name="Try again").click()
        await trouble.wait_for(state="detached")


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ((1280, 800), "light"),
        (PHONE, "dark"),
        pytest.param((1280, 800), "dark", marks=pytest.mark.slow),
        pytest.param(PHONE, "light", marks=pytest.mark.slow),
    ],
)
async def test_everybody_can_use_it(browser: Browser, double: Dictation, scheme: Any, size: tuple[int, int]) -> None:
    """While it plays, with the bell open and all items shown, no accessibility rule is broken and contrast is at least 7:1."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in voice/web)")
    await morning(double)
    await double.remind("Call mum", -60)
    rules = (
        "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], rules: {'color-contrast-enhanced': {enabled: true}}}"
    )
    async with visit(browser, double.url, size=size, color_scheme=scheme, bypass_csp=True) as visitor:
        page, player = visitor.page, Player(visitor.page)
        await page.wait_for_selector(".thread[data-state=ready]")
        if size == PHONE:
            await page.locator(".tabs [data-tab=tasks]").click()
        await player.all.get_by_role("button", name="All 8").click()
        await player.play()
        await player.beyond(2)
        await player.all.get_by_role("button", name="Pause the briefing").click()
        for where in ("side", "mail", "bell"):
            if where == "mail" and size == PHONE:
                await page.locator(".tabs [data-tab=mail]").click()
            if where == "bell":
                await page.get_by_role("button", name="What I told you").click()
            await page.evaluate(AXE.read_text())
            found = await page.evaluate(f"axe.run(document, {rules})")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], where
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), where
