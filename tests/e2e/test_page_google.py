"""Google on the page: connecting it, what counts, how old it is, whose mind answers; against a double that says what the test dictates."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import DIST, PHONE, WIDE, Visit, visit
from tests.e2e.dictation import Dictation
from tests.emulators.page_day import ZONE
from tests.emulators.page_google import synced

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = DIST.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
PAGE = "/settings/google"
AWAY = "Gemini isn’t answering. The built-in mind does the basics."
SHUT = {
    "connected": False,
    "reconnect": True,
    "say": "Google has ended my access. Please connect it again in the settings.",
}
NEEDS_GOOGLE = {"local": False, "google": True}
NO_DOOR = {name: {"title": "Not from here.", "status": 403} for name in ("/v1/auth/local", "/v1/auth/refresh")}
BEHIND: dict[str, Any] = {"minutes": 95, "say": "Google isn't answering."}


async def asked(double: Dictation) -> list[str]:
    return [one["features"] for one in (await double.google_saw())["asked"]]


def clock(line: dict[str, Any]) -> str:
    """The time of a copy as the person's own clock shows it."""
    at = datetime.fromisoformat(line["synced_at"]).astimezone(ZoneInfo(ZONE))
    earlier = at.date() != datetime.now(ZoneInfo(ZONE)).date()
    return f"{'yesterday ' if earlier else ''}{at:%H:%M}"


async def menu(visitor: Visit) -> Any:
    await visitor.page.get_by_role("button", name="Menu").click()
    return visitor.page.locator("#menu")


async def test_without_a_client_it_says_where_the_steps_are(browser: Browser, double: Dictation) -> None:
    """No account can be connected: the page says why, where to read on, and that everything works without."""
    async with visit(browser, double.url) as visitor:
        await (await menu(visitor)).get_by_role("link", name="Google").click()
        place = visitor.page.locator("[data-state=google-unavailable]")
        await place.wait_for()
        assert "docs/connecting-google.md" in await place.inner_text()
        assert await visitor.page.get_by_role("button", name="Connect Google").count() == 0
        assert visitor.page.url == double.url + PAGE
        assert visitor.complaints == []


async def test_connecting_asks_for_what_was_chosen_and_tells_what_was_granted(
    browser: Browser, double: Dictation
) -> None:
    """Four permissions, each with its reason; only the chosen ones are asked for, and what was left out at Google is said."""
    await double.google(account={"available": True}, missing="mail_read")
    async with visit(browser, double.url, PAGE) as visitor:
        page = visitor.page
        for name in ("Calendar", "Tasks", "Read mail", "Send mail"):
            await expect(page.get_by_role("checkbox", name=name, exact=True)).to_have_accessible_description(
                re.compile(r"\w+ .*\.$")
            )
        await page.get_by_role("checkbox", name="Read mail").press("Space")
        await page.get_by_role("button", name="Connect Google").press("Enter")
        await page.locator("[data-state=connected]").wait_for()
        assert await asked(double) == ["calendar,tasks,mail_read"]
        told = "Google is connected. You left out reading mail; the rest works, and you can allow it below."
        await expect(page.locator("[data-state=outcome]")).to_have_text(told)
        await expect(page.locator("[aria-live=polite]").first).to_contain_text(told)
        assert page.url == double.url + PAGE
        await expect(page.locator("[data-granted=true]")).to_have_count(2)
        assert "alex@example.com" in await page.locator(".account").inner_text()
        await page.reload()
        await page.locator("[data-state=connected]").wait_for()
        assert await page.locator("[data-state=outcome]").count() == 0
        assert visitor.foreign == []
        assert visitor.complaints == []


async def test_one_more_permission_asks_for_that_one_alone(browser: Browser, double: Dictation) -> None:
    """What is allowed stands there as allowed; each of the others has a way of its own."""
    await double.google(connect=["calendar", "tasks"])
    async with visit(browser, double.url, PAGE) as visitor:
        await visitor.page.get_by_role("button", name="Allow: Send mail").click()
        await visitor.page.locator("li[data-granted=true]", has_text="Send mail").get_by_text("Allowed").wait_for()
        assert await asked(double) == ["mail_send"]


async def test_a_sign_in_that_ran_out_is_renewed_before_the_way_to_google(browser: Browser, double: Dictation) -> None:
    """However long the page stood open, the account is connected to whoever is signed in, never signed in anew."""
    await double.google(account={"available": True})
    async with visit(browser, double.url, PAGE) as visitor:
        await visitor.page.get_by_role("button", name="Connect Google").wait_for()
        await visitor.page.context.clear_cookies()
        await visitor.page.get_by_role("button", name="Connect Google").click()
        await visitor.page.locator("[data-state=connected]").wait_for()
        assert [one["signed"] for one in (await double.google_saw())["asked"]] == [True]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("denied", "not allowed"), ("expired", "took too long"), ("other_account", "disconnect that one first"), ("failed", "did not go through")],
)  # fmt: skip
async def test_coming_back_without_an_account_says_why(
    browser: Browser, double: Dictation, outcome: str, words: str
) -> None:
    """A no, a late answer or a failure: one sentence, nothing changed, and the choice is there again."""
    await double.google(account={"available": True}, outcome=outcome)
    async with visit(browser, double.url, PAGE) as visitor:
        await visitor.page.get_by_role("button", name="Connect Google").click()
        told = visitor.page.locator("[data-state=outcome]")
        await expect(told).to_contain_text(words)
        await expect(told).to_contain_text("Nothing was changed")
        assert visitor.page.url == double.url + PAGE
        await visitor.page.get_by_role("button", name="Connect Google").wait_for()


async def test_each_calendar_can_be_left_out(browser: Browser, double: Dictation) -> None:
    """A switch per calendar, by keyboard, kept by the server; if the server will not, it goes back and says so."""
    await double.google(connect=["calendar"])
    async with visit(browser, double.url, PAGE) as visitor:
        family = visitor.page.get_by_role("switch", name="Family")
        await expect(family).to_be_checked()
        await expect(visitor.page.get_by_role("switch", name="Team in Tokyo")).not_to_be_checked()
        await expect(visitor.page.get_by_role("switch", name="Holidays")).to_have_accessible_description(
            "You may only read it"
        )
        await family.press("Space")
        await expect(family).not_to_be_checked()
        await visitor.settled()
        kept = {one["name"]: one["shown"] for one in (await double.google_saw())["calendars"]}
        assert kept == {"Alex": True, "Family": False, "Team in Tokyo": False, "Holidays in the United Kingdom": True}
        await double.post("/double/refuse", {"/v1/calendar/calendars/": {"title": "Not just now.", "status": 503}})
        await family.press("Space")
        await visitor.page.locator(".notice").get_by_text("Not just now.").wait_for()
        await expect(family).not_to_be_checked()


async def test_disconnecting_asks_first_and_says_what_is_deleted(browser: Browser, double: Dictation) -> None:
    """What goes here, that nothing goes at Google, what would be lost; keeping it is what the focus is on."""
    await double.google(connect=["calendar"], sync=[synced("calendar", "stale", **BEHIND, waiting=2)])
    async with visit(browser, double.url, PAGE) as visitor:
        page = visitor.page
        await page.get_by_role("button", name="Disconnect…").click()
        card = page.get_by_role("group", name="Disconnect Google?")
        for words in (
            "alex@example.com",
            "I delete what I have read",
            "Nothing is deleted at Google",
            "2 changes wait",
        ):
            await expect(card).to_contain_text(words)
        await expect(card.get_by_role("button", name="Keep it")).to_be_focused()
        await page.keyboard.press("Enter")
        await card.wait_for(state="detached")
        await page.get_by_role("button", name="Disconnect…").click()
        await card.get_by_role("button", name="Disconnect").click()
        await expect(page.locator("[data-state=outcome]")).to_contain_text("Google is disconnected")
        await (
            page.get_by_role("button", name="Connect Google")
            .or_(page.locator("[data-state=google-unavailable]"))
            .wait_for()
        )


async def test_google_needs_reconnecting_is_one_card_among_what_needs_the_person(
    browser: Browser, double: Dictation
) -> None:
    """It says what it means for what is shown; A goes to it; reconnecting asks for what was granted before."""
    await double.post("/v1/demo")
    line = synced("calendar", "reconnect", minutes=95, waiting=1)
    await double.google(connect=["calendar", "mail_read"], sync=[line])
    await double.google(account=SHUT)
    async with visit(browser, double.url) as visitor:
        card = visitor.page.get_by_role("group", name="Google needs reconnecting")
        for words in ("Google has ended my access.", f"as of {clock(line)}", "One change waits for Google"):
            await expect(card).to_contain_text(words)
        assert "in the settings" not in await card.inner_text()
        await visitor.page.keyboard.press("a")
        await expect(card).to_be_focused()
        await visitor.page.keyboard.press("Tab")
        await visitor.page.keyboard.press("Enter")
        await visitor.page.locator("[data-state=connected]").wait_for()
        assert await asked(double) == ["calendar,mail_read"]
        assert await visitor.page.locator("[data-state=reconnect]").count() == 0


async def test_on_a_phone_reconnecting_is_one_press_away(browser: Browser, double: Dictation) -> None:
    """A strip over the thread and a badge lead to the card, also while the rest is still on its way."""
    await double.google(connect=["calendar"])
    await double.google(account=SHUT)
    await double.post("/double/slow", {"seconds": 0.3})
    async with visit(browser, double.url, size=PHONE) as visitor:
        await expect(visitor.page.locator(".tabs .badge")).to_have_text("1")
        await visitor.page.get_by_role("button", name="Google needs reconnecting").click()
        await expect(visitor.page.get_by_role("group", name="Google needs reconnecting")).to_be_focused()


async def test_whose_mind_answers_is_said_where_it_matters(browser: Browser, double: Dictation) -> None:
    """The menu names it; only while the chosen one is away does the talk line say so."""
    await double.google(me={"mind": "gemini-3.5-flash-lite"})
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector("[data-state=empty-thread]")
        await expect((await menu(visitor)).locator("[data-state=mind]")).to_contain_text("Gemini 3.5 Flash Lite")
        assert await visitor.page.locator("[data-mind=away]").count() == 0
        await visitor.page.keyboard.press("Escape")
        await double.google(me={"mind": "built-in", "mind_away": True})
        await visitor.type("What's on tomorrow?")
        await expect(visitor.page.locator("#live-state")).to_contain_text(AWAY)
        await expect((await menu(visitor)).locator("[data-state=mind-away]")).to_have_text(AWAY)
        await visitor.page.keyboard.press("Escape")
        await double.google(me={"mind": "gemini-3.5-flash-lite", "mind_away": False})
        await visitor.type("What's on tomorrow?")
        await expect(visitor.page.locator("#live-state")).not_to_contain_text(AWAY)


async def test_the_age_is_shown_only_when_it_is_not_fresh(browser: Browser, double: Dictation) -> None:
    """Fresh: not a word. Behind: since when, near the day and the lists; on the Google page also why."""
    await double.post("/v1/demo")
    await double.google(connect=["calendar", "tasks", "mail_read"])
    async with visit(browser, double.url) as visitor:
        await visitor.page.wait_for_selector(".letters > li")
        assert "as of" not in (await visitor.page.locator(".home").inner_text()).lower()
        behind = [synced(kind, "stale", **BEHIND) for kind in ("calendar", "tasks", "mail")]
        await double.google(sync=behind)
        await visitor.page.reload()
        at = clock(behind[0])
        await expect(visitor.page.locator(".calendar-foot")).to_contain_text(f"Calendar as of {at}")
        await expect(visitor.page.get_by_role("heading", name=re.compile("^Tasks"))).to_contain_text(f"as of {at}")
        await expect(visitor.page.get_by_role("heading", name=re.compile("^Mail"))).to_contain_text(f"as of {at}")
        await visitor.page.locator(".calendar-foot a").click()
        fresh = visitor.page.get_by_role("region", name="How fresh it is")
        await expect(fresh).to_contain_text("Google isn't answering.")
        await expect(fresh.locator("[data-kind=mail]")).to_contain_text(f"As of {at}")
        await fresh.get_by_role("button", name="Read again now").click()
        await visitor.settled()
        assert (await double.google_saw())["read_again"] == 1


async def test_a_first_reading_is_counted_and_no_empty_day_is_claimed(browser: Browser, double: Dictation) -> None:
    """While nothing has been read yet the page says so, with how far it is; what has come in appears by itself."""
    reading = synced("calendar", "reading", None, progress={"done": 1200, "total": None})
    mail = synced("mail", "reading", None, progress={"done": 900, "total": 5000})
    await double.google(connect=["calendar", "mail_read"], sync=[reading, mail])
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.clock.install()
        await page.reload()
        await page.get_by_role("progressbar", name="Reading your calendar: 1,200 events").wait_for()
        await expect(page.locator("[data-state=unread-mail]")).to_have_text("Reading your mail: 900 of 5,000 messages.")
        assert await page.locator("[data-state=empty-day], [data-state=empty-mail]").count() == 0
        await double.post("/v1/demo")
        await double.google(sync=[synced("calendar"), mail | {"progress": {"done": 1000, "total": 5000}}])
        await page.clock.fast_forward(4_000)
        await page.locator(".event", has_text="Dentist").wait_for()
        await expect(page.get_by_role("progressbar")).to_have_count(0)
        await page.goto(double.url + PAGE)
        bar = page.get_by_role("progressbar", name="Reading your mail: 1,000 of 5,000 messages")
        await expect(bar).to_have_attribute("aria-valuenow", "1000")
        await expect(bar).to_have_attribute("aria-valuemax", "5000")


async def test_what_is_not_yet_at_google_is_marked_until_it_is(browser: Browser, double: Dictation) -> None:
    """Events, tasks and mail that wait say so, also to a screen reader; when Google has them the mark goes by itself."""
    await double.post("/v1/demo")
    await double.post("/double/pending", {"events": ["gym"], "tasks": ["milk"], "mail": ["m2"]})
    waiting = [synced(kind, "fresh", waiting=1) for kind in ("calendar", "tasks", "mail")]
    await double.google(connect=["calendar", "tasks", "mail_read"], sync=waiting)
    async with visit(browser, double.url) as visitor:
        page = visitor.page
        await page.clock.install()
        await page.reload()
        gym = page.get_by_role("button", name=re.compile("^Gym, .*, waiting for Google$"))
        await gym.wait_for()
        await expect(page.locator(".task", has_text="Milk")).to_contain_text("Waiting for Google")
        await expect(page.locator(".letters > li", has_text="Budget review moved?")).to_contain_text(
            "waiting for Google"
        )
        await expect(page.locator(".calendar-foot")).to_contain_text("One change waits for Google")
        assert await page.locator("[data-state=waiting-for-google].waits").count() == 3
        await gym.click()
        await expect(page.get_by_role("dialog")).to_contain_text("Waiting for Google")
        await page.keyboard.press("Escape")
        await double.post("/double/pending", {"events": [], "tasks": [], "mail": []})
        await double.google(sync=[synced(kind) for kind in ("calendar", "tasks", "mail")])
        await page.clock.fast_forward(16_000)
        await expect(page.locator(".waits")).to_have_count(0)


async def test_where_google_is_the_door_one_signs_in_there(browser: Browser, double: Dictation) -> None:
    """Not signed in: one button; back from Google the page one wanted is open. Signing out shows the door again."""
    await double.google(ways=NEEDS_GOOGLE)
    await double.post("/double/refuse", NO_DOOR)
    async with visit(browser, double.url, "/memory") as visitor:
        page = visitor.page
        place = page.locator("[data-state=signed-out]")
        await place.wait_for()
        assert "127.0.0.1" not in await place.inner_text()
        await page.get_by_role("link", name="Sign in with Google").click()
        await page.get_by_role("heading", level=1, name="What I remember").wait_for()
        assert page.url == double.url + "/memory"
        assert await asked(double) == ["none"]
        await (await menu(visitor)).get_by_role("button", name="Sign out").click()
        await page.get_by_role("link", name="Sign in with Google").wait_for()


async def test_a_sign_in_that_failed_says_why(browser: Browser, double: Dictation) -> None:
    """A no at Google's page is not an error; the door is still there."""
    await double.google(ways=NEEDS_GOOGLE, outcome="denied")
    await double.post("/double/refuse", NO_DOOR)
    async with visit(browser, double.url) as visitor:
        await visitor.page.get_by_role("link", name="Sign in with Google").click()
        await visitor.page.get_by_text("It was not allowed on Google’s page.").wait_for()
        await visitor.page.get_by_role("link", name="Sign in with Google").wait_for()


async def everything(double: Dictation) -> None:
    """All of it at once: behind, waiting, reading, away, and shut out."""
    await double.post("/v1/demo")
    await double.post("/double/pending", {"events": ["gym", "birthday"], "tasks": ["milk"], "mail": ["m2"]})
    lines = [
        synced("calendar", "stale", **BEHIND, waiting=2),
        synced("tasks", "failed", **BEHIND),
        synced("mail", "reading", None, progress={"done": 900, "total": 5000}),
    ]
    away = {"mind": "gemini-3.5-flash-lite", "mind_away": True}
    await double.google(connect=["calendar", "tasks", "mail_read"], sync=lines, me=away)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (PHONE, "dark"), pytest.param((640, 400), "light", marks=pytest.mark.slow)],
)
async def test_each_state_can_be_used_by_everybody(
    browser: Browser, double: Dictation, scheme: Any, size: tuple[int, int]
) -> None:
    """No accessibility rule is broken, contrast is at least 7:1 and nothing scrolls sideways, in every state of Google."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in voice/web)")
    rules = (
        "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], rules: {'color-contrast-enhanced': {enabled: true}}}"
    )

    async def look(visitor: Visit, what: str) -> None:
        await visitor.settled()
        await visitor.page.evaluate(AXE.read_text())
        found = await visitor.page.evaluate(f"axe.run(document, {rules})")
        broken = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert broken == [], what
        assert not await visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth"), what

    async with visit(browser, double.url, PAGE, size=size, color_scheme=scheme, bypass_csp=True) as visitor:
        await visitor.page.locator("[data-state=google-unavailable]").wait_for()
        await look(visitor, "not set up")
        await double.google(account={"available": True})
        await visitor.page.reload()
        await visitor.page.get_by_role("button", name="Connect Google").wait_for()
        await look(visitor, "choosing")
        await everything(double)
        await visitor.page.goto(f"{double.url}{PAGE}?google=connected&missing=mail_send")
        await visitor.page.get_by_role("button", name="Disconnect…").click()
        await look(visitor, "connected")
        await double.google(account=SHUT)
        await visitor.page.goto(double.url)
        await visitor.page.wait_for_selector("[data-state=reconnect]", state="attached")
        await look(visitor, "home")
        for tab in ("today", "tasks", "mail"):
            if await visitor.page.locator(f".tabs [data-tab={tab}]").is_visible():
                await visitor.page.locator(f".tabs [data-tab={tab}]").click()
                await look(visitor, tab)


@pytest.mark.parametrize(("path", "size"), [("/", WIDE), (PAGE, PHONE)])
async def test_nothing_moves_when_it_arrives(
    browser: Browser, double: Dictation, path: str, size: tuple[int, int]
) -> None:
    """With a slow server and everything to tell at once, nothing that is already shown jumps."""
    await everything(double)
    await double.google(account=SHUT)
    await double.post("/double/slow", {"seconds": 0.4})
    watch = """window.__moved = 0; new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.__moved += one.value;
    }).observe({type: 'layout-shift', buffered: true})"""
    async with visit(browser, double.url, path, size=size) as visitor:
        await visitor.page.add_init_script(watch)
        await visitor.page.goto(double.url + path)
        await visitor.page.wait_for_selector("[data-state=reconnect]", state="attached")
        await visitor.page.wait_for_timeout(900)
        assert await visitor.page.evaluate("window.__moved") < 0.005
