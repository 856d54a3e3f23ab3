"""Gmail's rules, each seen at the wire; docs/google.md says which is which."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from integrations.email import NewDraft
from integrations.email.gmail_search import gmail_query
from integrations.email.google import GoogleMail
from integrations.email.search import parse
from integrations.errors import ChronusError, Conflict, Invalid, NotConnected, NotFound
from integrations.google.refusals import Unsure
from tests.contract.test_email_outbox import DANA, World, world
from tests.contract.test_email_sync import read
from tests.emulators.google.inbox import NOW, Side, gmail, written

__all__ = ["world"]

SCOPE = "https://www.googleapis.com/auth/gmail."


@pytest.fixture
async def side() -> AsyncIterator[Side]:
    async with gmail() as side:
        yield side


def mail(side: Side, *scopes: str, patience: float = 10.0) -> GoogleMail:
    """With these scopes alone, at both ends."""
    granted = frozenset(f"{SCOPE}{scope}" for scope in scopes) or None
    if granted:
        side.google.grants = lambda token: granted
    return GoogleMail(
        side.gmail(scopes=granted, patience=patience), "Europe/Berlin", lambda: NOW, "a key", name="Robin"
    )


async def test_lists_ask_for_headers_only(side: Side) -> None:
    """format=metadata, the headers that are shown, and no field more; the text only of the mail that is read."""
    received = side.box.receive(written("Sarah <sarah@example.org>", "Hi", "Text"))
    keeper = mail(side)
    assert len(await keeper.search()) == 1
    asked = side.google.calls("gmail.users.messages.get")[0].query
    assert asked["format"] == ["metadata"]
    assert {"From", "Subject", "List-Unsubscribe"} <= set(asked["metadataHeaders"])
    assert "payload/headers" in asked["fields"][0]
    await keeper.get(received.id)
    assert [one.query["format"] for one in side.google.calls("gmail.users.messages.get")] == [["metadata"], ["full"]]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("in:inbox is:unread", "in:inbox is:unread"),
        ("in:sent", "in:sent"),
        ("in:archive", "(-in:inbox -in:sent -in:drafts)"),
        ("in:inbox in:sent", "{in:inbox in:sent}"),
        ("-in:inbox", "-in:drafts -in:inbox"),
        ("", "-in:drafts"),
        ("is:important", "-in:drafts {is:important is:starred}"),
        ("-is:unread", "-in:drafts is:read"),
        ('from:"Sarah Lindqvist" -to:tom', '-in:drafts from:"sarah lindqvist" -to:tom'),
        ("from:sarah@example.org", '-in:drafts from:"sarah@example.org"'),
        ("after:2026-03-01 before:2026-04-01", "-in:drafts after:1772319599 before:1774994401"),
        ('subject:"} OR in:trash {"', '-in:drafts subject:"or in trash"'),
        ('"a\\" OR b', '-in:drafts a "or" b'),
        ("(.*[", None),
        ("in:outbox", None),
    ],
)
def test_our_search_language_in_gmails_words(ours: str, theirs: str | None) -> None:
    """Days are seconds, as Gmail's own are midnight in California; nothing breaks out of its term."""
    assert gmail_query(parse(ours, ZoneInfo("Europe/Berlin"))) == theirs


async def test_without_search_headers_are_looked_through(side: Side) -> None:
    """gmail.metadata allows no `q` at all: it isn't sent, and what can be told from headers is found."""
    side.box.receive(written("Sarah <sarah@example.org>", "Contract", "secret"))
    side.box.receive(written("Tom <tom@example.com>", "Lunch", "secret"), labels=["INBOX"])
    keeper = mail(side, "metadata")
    assert [one.subject for one in await keeper.search("from:sarah is:unread")] == ["Contract"]
    assert [one.subject for one in await keeper.search("subject:lunch in:inbox")] == ["Lunch"]
    assert await keeper.search("secret") == []
    assert all("q" not in one.query for one in side.google.asked)


@pytest.mark.parametrize(
    ("labels", "headers", "matters"),
    [
        (["INBOX", "IMPORTANT"], {}, True),
        (["INBOX", "STARRED"], {}, True),
        (["INBOX"], {}, False),
        (["INBOX", "IMPORTANT", "CATEGORY_PERSONAL"], {}, True),
        (["INBOX", "IMPORTANT", "CATEGORY_PROMOTIONS"], {}, False),
        (["INBOX", "IMPORTANT", "CATEGORY_SOCIAL"], {}, False),
        (["INBOX", "IMPORTANT"], {"List_Unsubscribe": "<https://x.example>"}, False),
        (["INBOX", "IMPORTANT"], {"Precedence": "bulk"}, False),
        (["INBOX", "IMPORTANT"], {"Auto_Submitted": "auto-generated"}, False),
        (["INBOX", "IMPORTANT"], {"Auto_Submitted": "no"}, True),
        (["INBOX", "STARRED", "CATEGORY_UPDATES"], {"Precedence": "list"}, True),
    ],
)
async def test_what_matters(side: Side, labels: list[str], headers: dict[str, str], matters: bool) -> None:
    """What Gmail holds important and nobody sent to many, or what the person starred."""
    one = side.box.receive(written("s@example.org", "Hi", "x", **headers), labels=labels)
    keeper = mail(side)
    assert (await keeper.get(one.id)).important is matters
    assert bool(await keeper.search("is:important")) is matters


async def test_spam_and_trash_are_nowhere(side: Side) -> None:
    """Neither found nor counted."""
    for label in ("SPAM", "TRASH"):
        side.box.receive(written("s@example.org", label, "x"), labels=[label, "UNREAD"])
    assert await mail(side).search("in:anywhere") == []


async def test_a_mail_that_went_away_while_listed_is_left_out(side: Side) -> None:
    """The list names it, `get` is 404."""
    for subject in ("One", "Two"):
        side.box.receive(written("s@example.org", subject, "x"))
    side.box.invisible.add(side.box.newest()[0].id)
    assert len(await mail(side).search()) == 1


@pytest.mark.parametrize("name", ["x", "../drafts", "a" * 32, "draft-", "draft-r-1", "18c0?alt=media"])
async def test_an_id_that_is_none_is_not_found(side: Side, name: str) -> None:
    """Also one that Gmail would call a bad request."""
    with pytest.raises(NotFound):
        await mail(side).get(name)


async def test_a_send_whose_answer_is_lost_is_looked_up(side: Side) -> None:
    """By its Message-ID; when it isn't there nothing is sent again, and nobody claims that it was."""
    keeper = mail(side)
    first, second = (await keeper.draft(DANA), await keeper.draft(DANA))
    side.google.trouble("lost", "gmail.users.drafts.send")
    assert (await keeper.send(first.message.id)).message.box == "sent"
    asked = [one.query["q"][0] for one in side.google.calls("gmail.users.messages.list") if "q" in one.query]
    assert any("rfc822msgid:" in q and ".chronus@example.com" in q for q in asked)
    side.google.trouble("reset", "gmail.users.drafts.send")
    with pytest.raises(Unsure):
        await keeper.send(second.message.id)
    assert len(side.box.delivered) == 1
    assert side.google.methods().count("gmail.users.drafts.send") == 2


async def test_a_draft_is_read_back_before_it_goes(side: Side) -> None:
    """Approved is what it says; changed meanwhile it isn't sent."""
    keeper = mail(side)
    draft = (await keeper.draft(DANA)).message
    side.box.write(
        written("robin@example.com", "Lunch", "Other", to="eve@example.net"), None, draft.id.removeprefix("draft-")
    )
    with pytest.raises(Conflict):
        await keeper.send(draft.id, etag=draft.etag)
    assert side.box.delivered == []


async def test_a_blind_copy_is_read_back(side: Side) -> None:
    """A draft written in Gmail may go to somebody whom the others don't see; the person is told before they say yes."""
    blind = written("robin@example.com", "Lunch", "At one?", to="dana@acme.com", bcc="eve@example.net")
    side.box.write(blind)
    [found] = await mail(side).search("in:drafts")
    assert (found.to, found.bcc) == (("dana@acme.com",), ("eve@example.net",))


async def test_undo_does_not_throw_away_what_somebody_changed(side: Side) -> None:
    """A draft that was edited in Gmail stays."""
    keeper = mail(side)
    written_one = await keeper.draft(DANA)
    side.box.write(written("robin@example.com", "Lunch", "Other"), None, written_one.message.id.removeprefix("draft-"))
    with pytest.raises(Conflict):
        await keeper.revert(written_one.inverse)
    assert len(side.box.drafts) == 1


async def test_recipients_and_text_arrive_as_given(side: Side) -> None:
    """To and Cc, no Bcc, words of every script, a line that starts with a dot or From, and a long subject."""
    body = "Grüße, 会議\n.\nFrom here\nBcc: eve@example.net\n" + "long " * 500
    new = NewDraft(to=("dana@acme.com", "tom@example.com"), cc=("li@example.org",), subject="Größe " * 40, body=body)
    keeper = mail(side)
    await keeper.send((await keeper.draft(new)).message.id)
    sent = message_from_bytes(side.box.delivered[0].raw)
    assert (sent["To"], sent["Cc"], sent["Bcc"]) == ("dana@acme.com, tom@example.com", "li@example.org", None)
    read_back = await keeper.get(side.box.delivered[0].id)
    assert read_back.subject == ("Größe " * 40).strip()
    assert read_back.body.split() == body.split()


async def test_long_references_stay_whole(side: Side) -> None:
    """Python would encode them, and the thread would break for everybody else."""
    ids = [f"<{number}{'x' * 120}@mail.example.org>" for number in range(40)]
    references = f"References: {f'{chr(10)} '.join(ids[:-1])}\n".encode()
    asked = side.box.receive(references + written("d@acme.com", "Hi", "x", Message_ID=ids[-1]).replace(b"\n ", b" "))
    keeper = mail(side)
    await keeper.send((await keeper.draft(NewDraft(reply_to=asked.id, body="Yes"))).message.id)
    sent = message_from_bytes(side.box.delivered[0].raw)
    assert sent["References"].split() == ids[-20:]
    assert (sent["In-Reply-To"], side.box.delivered[0].thread) == (ids[-1], asked.thread)


async def test_a_reply_under_another_subject_starts_its_own_thread(side: Side) -> None:
    """Gmail keeps only those together whose subjects match."""
    asked = side.box.receive(written("d@acme.com", "Hi", "x"))
    keeper = mail(side)
    draft = (await keeper.draft(NewDraft(reply_to=asked.id, subject="Something else", body="x"))).message
    assert draft.thread != asked.thread


async def test_an_address_that_python_refuses_is_told(side: Side) -> None:
    """Ours lets it through, the email package doesn't."""
    with pytest.raises(Invalid):
        await mail(side).draft(NewDraft(to=("a..b@example.com",)))
    assert side.box.drafts == {}


@pytest.mark.parametrize(
    ("scopes", "works", "refused"),
    [
        (("readonly",), {"search", "get"}, {"mark_read", "draft"}),
        (("modify",), {"search", "get", "mark_read", "draft"}, set()),
        (("compose",), {"draft"}, {"search", "get"}),
        (("send",), set(), {"search", "draft"}),
    ],
)
async def test_each_permission_opens_its_own_door(
    side: Side, scopes: tuple[str, ...], works: set[str], refused: set[str]
) -> None:
    """What wasn't granted is a sentence about permission, and nothing happens."""
    one = side.box.receive(written("s@example.org", "Hi", "x"))
    keeper = mail(side, *scopes)
    asks: dict[str, Callable[[], Awaitable[object]]] = {
        "search": keeper.search,
        "get": lambda: keeper.get(one.id),
        "mark_read": lambda: keeper.mark_read(one.id),
        "draft": lambda: keeper.draft(DANA),
    }
    for act in works:
        await asks[act]()
    for act in refused:
        with pytest.raises(NotConnected, match="permission"):
            await asks[act]()
    assert ("UNREAD" in one.labels) is ("mark_read" not in works)


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("status", {"status": 429, "reason": "rateLimitExceeded", "times": 9}, "rate_limited"),
        ("status", {"status": 403, "reason": "userRateLimitExceeded", "times": 9}, "rate_limited"),
        ("status", {"status": 403, "reason": "dailyLimitExceeded", "times": 9}, "quota"),
        ("status", {"status": 500, "times": 9}, "unavailable"),
        ("garbage", {"times": 9}, "unavailable"),
        ("reset", {"times": 9}, "unavailable"),
        ("hang", {"times": 2, "seconds": 4}, "unavailable"),
    ],
)
async def test_each_trouble_is_one_sentence(side: Side, kind: str, more: dict[str, object], told: str) -> None:
    """A 429 storm, a hang, garbage: told as what it is."""
    side.google.trouble(kind, "gmail.users.messages.list", **more)
    with pytest.raises(ChronusError) as caught:
        await mail(side, patience=1.0 if kind == "hang" else 10.0).search()
    assert caught.value.code == told


async def test_text_and_addresses_stay_out_of_the_log(
    world: World, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Google's policy, and ours."""
    caplog.set_level("DEBUG")
    world.side.box.receive(written("Canary <canary@example.org>", "Subject canary", "Text canary"))
    await read(world)
    world.side.google.trouble("status", "gmail.users.messages.get", status=500, times=5)
    async with world.mail() as keeper:
        await keeper.search("canary")
    ours = [record for record in caplog.records if record.name.startswith(("integrations", "agent", "voice"))]
    assert [record for record in ours if "anary" in record.getMessage()] == []


async def test_the_whole_of_a_thread_hangs_together(world: World) -> None:
    """Mail, answer and answer to it name each other, in the copy as on Gmail."""
    asked = world.side.box.receive(written("Dana <dana@acme.com>", "Lunch?", "When?", Message_ID="<2@acme.com>"))
    await read(world)
    sent = await world.sent(NewDraft(reply_to=asked.id, body="At one."))
    await world.later(20)
    mine = world.delivered[0].header("Message-ID")
    world.side.box.receive(
        written("Dana <dana@acme.com>", "Re: Lunch?", "Fine.", In_Reply_To=mine, References=f"<2@acme.com> {mine}"),
        at=NOW + timedelta(hours=1), thread=asked.thread,
    )  # fmt: skip
    await read(world)
    async with world.mail() as keeper:
        found = await keeper.search("in:anywhere", first=10)
    assert [(one.reply_to, one.thread) for one in found] == [
        (sent.message.id, asked.thread),
        (asked.id, asked.thread),
        (None, asked.thread),
    ]
