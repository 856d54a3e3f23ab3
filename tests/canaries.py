"""Words that are nowhere else, put into a Chronus by really using it, and looked for wherever bytes may lie."""

import base64
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent.briefing.writing import write
from agent.conversation import Turn
from agent.digest.writing import write_digest
from agent.events import Finished
from agent.services import Services
from integrations.email import NewDraft
from integrations.store import demo
from integrations.store.conversations import Conversations
from integrations.store.google_accounts import GoogleAccounts, Grant
from integrations.store.intents import Intents
from integrations.store.mail_copies import MailCopies
from integrations.store.notices import Notices
from integrations.store.notifications import Notifications
from integrations.store.people import People, Person
from integrations.store.push import PushSubscriptions
from integrations.store.suggestions import Suggestion, Suggestions

SEALED, OPEN = "zorvex", "mirquon"
"""How the words begin that are promised to be sealed, and those that stay readable: titles, subjects, names, addresses."""


def sealed(letter: str) -> str:
    """One of the twenty and some that no thief may read."""
    return f"{SEALED}{letter}{letter}"


def shown(letter: str) -> str:
    """One that the database has to be able to sort and to look for."""
    return f"{OPEN}{letter}{letter}"


def forms(stem: str) -> Iterator[bytes]:
    """A stem as it might lie somewhere: plain in two encodings, in hex, in base64 at each offset."""
    for cased in (stem, stem.upper(), stem.capitalize()):
        plain = cased.encode()
        yield from (plain, plain.hex().encode(), cased.encode("utf-16-le"))
        for at in range(3):
            whole = base64.b64encode(b"\x00" * at + plain)
            yield whole[(at * 8 + 5) // 6 : len(plain + b"\x00" * at) * 8 // 6]


def found_in(stem: str, places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Where it lies."""
    looked = list(forms(stem))
    return sorted({name for name, content in places for form in looked if form in content})


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under these folders; those that go meanwhile are gone."""
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if path.is_file():
                    yield str(path), path.name.encode() + b"\n" + path.read_bytes()
            except FileNotFoundError:
                continue


async def say(services: Services, person: Person, text: str) -> dict[str, Any]:
    """One turn."""
    async for event in services.assistant.reply(Turn(person=person, text=text)):
        if isinstance(event, Finished):
            return dict(event.answer)
    raise AssertionError("the turn never finished")


async def a_day_of_use(services: Services, person: Person) -> None:
    """Everything a person does with Chronus, with a word in each place that is told nowhere else."""
    now = services.clock()
    async with services.database.work() as session:
        await People(session).change(person.id, name=f"Robin {shown('a')}", email=f"{shown('b')}@example.com")
        dana = f"Dana {shown('c')} <{shown('d')}@example.com>"
        asks = (
            f"Hi Robin,\n\nplease send me the {sealed('a')} report by Friday.\n\nThe password is {sealed('b')}.\nDana"
        )
        await demo.load(
            session, person, now.astimezone(services.zone_of(person)),
            events=[{"title": f"Lunch {shown('e')}", "starts": (now + timedelta(hours=3)).isoformat(), "place": shown("f")}],
            tasks=[{"title": f"Buy {shown('g')}", "due": now.date().isoformat()}],
            messages=[{"from": dana, "subject": f"Report {shown('h')}", "body": asks, "unread": True, "important": True}],
        )  # fmt: skip
        await _rows(services, session, person, now)
    for words in (
        f"Remember that my locker code is {sealed('c')}",
        f"Remind me to water the {sealed('d')} tomorrow at 9",
        f"I never take meetings before {sealed('e')} o'clock",
        f"What do you know about my {sealed('f')}?",
        f"Read me the mail from Dana {shown('c')}",
        f"Send an email to {shown('i')}@example.com saying the {sealed('g')} is late",
        f"Add {shown('j')} to my list",
        "What's on today?", "Undo that", "Summarize my inbox", f"blah {sealed('h')} blah",
    ):  # fmt: skip
        answer = await say(services, person, words)
    async with services.context(person) as ctx:
        await ctx.mail.draft(
            NewDraft(to=(f"{shown('k')}@example.com",), subject=shown("l"), body=f"about {sealed('i')}")
        )
        turns = await ctx.conversations.turns(answer["conversation_id"])
        await ctx.conversations.heard(turns[-1].id, f"as far as {sealed('j')}")
    await write_digest(services, person)
    await write(services, person)


async def _rows(services: Services, session: Any, person: Person, now: Any) -> None:
    """What would come from outside."""
    grant = Grant(scopes=(), access=sealed("k"), access_until=now, refresh=sealed("l"))
    await GoogleAccounts(session, services.ring).connect(person.id, sub="1", email=f"{shown('m')}@x.org", grant=grant, now=now)  # fmt: skip
    await GoogleAccounts(session, services.ring).leave(person.id, door=True)
    await PushSubscriptions(session, person.id, services.ring).keep(f"https://push.example/{sealed('m')}", "k", "a", browser="Firefox", now=now)  # fmt: skip
    copy = {"name": "m", "gmail_id": "g", "box": "inbox", "subject": shown("n"), "snippet": sealed("n"), "body": sealed("o"), "at": now}  # fmt: skip
    await MailCopies(session, person.id).add(**copy)
    await Notifications(session, person.id).keep(about="mail", say=sealed("p"), link="/", key="k", at=now, due_at=now + timedelta(days=1))  # fmt: skip
    await Notices(session, person.id).add("mail:m", sealed("q"), now)
    await Intents(session, person.id).begin("key", "mail", "send", {"words": sealed("r")}, now)
    new = {"kind": "focus", "fingerprint": "f", "starts": now, "ends": now + timedelta(hours=1), "at": now}
    await Suggestions(session, person.id).put(Suggestion(title=sealed("s"), text=sealed("t"), why=sealed("u"), **new))
    thread = await Conversations(session, person.id).start(now - timedelta(days=9))
    await Conversations(session, person.id).add_turn(thread.id, channel="phone", said=sealed("v"), now=now - timedelta(days=9))  # fmt: skip


LETTERS = "abcdefghijklmnopqrstuv"
"""Of the sealed ones; those of the tokens (k, l) and of the browser (m) are keys and not part of what is taken along."""
KEYS = "klm"
OPEN_LETTERS = "abcdefghijkln"
