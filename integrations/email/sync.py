"""Bringing the copy of a mail account up to date: first everything that is recent, then only what is new."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from integrations.clock import Clock
from integrations.email.gmail import Gmail
from integrations.email.letters import Letter
from integrations.email.taking_in import Changes, name_drafts, relabel, take_in, take_out
from integrations.errors import ChronusError, Conflict, Invalid, NotFound
from integrations.store.database import Database
from integrations.store.mail_copies import MailCopies, MailCopy
from integrations.store.mirrors import Mirror, Mirrors, Progress

Sleep = Callable[[float], Awaitable[None]]

LATE = 3.0  # seconds until a mail that history tells of is there to be read


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much of a mailbox is copied. `ready` of the newest unread mails are kept with their text."""

    messages: int = 5000
    days: int = 365
    page: int = 50
    ready: int = 10


async def sync(
    database: Database,
    person_id: str,
    gmail: Gmail,
    clock: Clock,
    *,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Read what is new into the copy; stopped anywhere and started again it goes on. Raises our errors."""
    if not gmail.reads:
        return  # whoever may only send has nothing to be read
    reading = _Reading(database, person_id, gmail, clock, bounds or Bounds(), progress, sleep)
    try:
        await reading.all()
    except _Taken:
        return  # somebody else is at it, and will be through as soon as we would be
    except ChronusError as error:
        async with database.work() as session:
            mirrors = Mirrors(session, person_id)
            await mirrors.failed(await mirrors.of("mail"), clock(), error.say)
        raise


class _Taken(Conflict):
    """Another process reads this mailbox."""


class _Reading:
    """One synchronisation."""

    def __init__(
        self,
        database: Database,
        person_id: str,
        gmail: Gmail,
        clock: Clock,
        bounds: Bounds,
        progress: Progress | None,
        sleep: Sleep,
    ) -> None:
        self._database, self._person_id, self._gmail, self._clock = database, person_id, gmail, clock
        self._bounds, self._progress, self._sleep = bounds, progress, sleep
        self._oldest = clock() - timedelta(days=bounds.days)
        self._seen = 0

    async def all(self) -> None:
        """Everything that is recent unless that is known, then what is new, then drafts and texts."""
        mirror = await self._mirror()
        if mirror.cursor is None:
            await self._everything(mirror)
        try:
            await self._news()
        except NotFound:  # the cursor is older than Gmail's memory
            await self._begin_again()
            await self._everything(await self._mirror())
            await self._news()
        await self._drafts()
        await self._prune()
        await self._texts()
        async with self._database.work() as session:
            mirrors = Mirrors(session, self._person_id)
            await mirrors.worked(await mirrors.of("mail"), self._clock())

    # everything

    async def _everything(self, mirror: Mirror) -> None:
        """Newest first, to the bounds. History is read from where it stood before we began, so that nothing is missed."""
        state: dict[str, Any] = {"since": "", "page": None, "seen": 0}
        state |= json.loads(mirror.page) if mirror.page else {"since": (await self._gmail.profile())[1]}
        while True:
            seen = state["seen"]
            left = min(self._bounds.page, self._bounds.messages - seen)
            try:
                listed, following = await self._gmail.listed(self._recent(), first=left, page=state["page"])
            except Invalid:
                if state["page"] is None:
                    raise
                state |= {"page": None, "seen": 0}  # the page's name is too old; what was read isn't read again
                continue
            ids = [one["id"] for one in listed]
            letters = await self._gmail.all_headers(await self._unread_in(mirror, ids))
            recent = [letter for letter in letters if letter and letter.at >= self._oldest]
            seen += len(ids)
            last = (
                following is None or seen >= self._bounds.messages or len(recent) < len(letters) - letters.count(None)
            )
            after = {"since": state["since"], "page": following, "seen": seen}
            await self._keep_page(mirror, state, recent, None if last else after, state["since"] if last else None)
            if last:
                return
            state = after
            mirror = await self._mirror()

    def _recent(self) -> str:
        """Gmail's search for what is within the bounds; where we may not search, age is looked at afterwards."""
        return f"after:{int(self._oldest.timestamp())}" if self._gmail.searches else ""

    async def _unread_in(self, mirror: Mirror, ids: list[str]) -> list[str]:
        """Those of a page that this round hasn't read yet: a page that was cut off isn't paid for twice."""
        async with self._database.look() as session:
            here = await MailCopies(session, self._person_id).by_gmail_id(ids)
        return [one for one in ids if one not in here or here[one].round != mirror.round + 1]

    async def _keep_page(
        self,
        mirror: Mirror,
        state: dict[str, Any],
        letters: list[Letter],
        after: dict[str, Any] | None,
        cursor: str | None,
    ) -> None:
        """One page and how far we are, together. At the end, what was not seen goes."""
        async with self._database.work() as session:
            mirrors, copies = Mirrors(session, self._person_id), MailCopies(session, self._person_id)
            now = await mirrors.of("mail")
            if (now.page, now.cursor, now.round) != (mirror.page, mirror.cursor, mirror.round):
                raise _Taken
            await take_in(copies, letters, mirror.round + 1)
            now.page = json.dumps(after if after is not None else state)
            if cursor is not None:
                await copies.drop(
                    MailCopy.round != mirror.round + 1, MailCopy.gmail_id.is_not(None), MailCopy.intent.is_(None)
                )
                now.cursor, now.page, now.round = cursor, None, mirror.round + 1
            await session.flush()
        self._tell(len(letters))

    async def _begin_again(self) -> None:
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("mail")
            mirror.cursor = mirror.page = None
            await session.flush()

    # what is new

    async def _news(self) -> None:
        """History from the stored cursor on, page by page; each page's end is a place to go on from."""
        cursor = first = (await self._mirror()).cursor or ""
        page: str | None = None
        while True:
            news = await self._gmail.news(first, page)
            until = cursor if news.page and not news.records else news.until  # such pages come without history
            changes = Changes(news)
            letters = await self._arrived(changes)
            await self._keep_news(cursor, until, changes, letters)
            cursor, page = until, news.page
            if page is None:
                return

    async def _arrived(self, changes: Changes) -> list[Letter]:
        """Mails that are new, or whose labels changed while they were not here."""
        async with self._database.look() as session:
            here = await MailCopies(session, self._person_id).by_gmail_id(changes.relabelled)
        wanted = list(dict.fromkeys([*changes.added, *(one for one in changes.relabelled if one not in here)]))
        letters = await self._gmail.all_headers(wanted)
        late = [one for one, letter in zip(wanted, letters, strict=True) if letter is None and one in changes.added]
        if late:  # told of before it can be read, or gone again
            await self._sleep(LATE)
            letters += await self._gmail.all_headers(late)
        changes.gone |= {one for one in wanted if one not in {letter.id for letter in letters if letter}}
        return [letter for letter in letters if letter and letter.at >= self._oldest]

    async def _keep_news(self, cursor: str, until: str, changes: Changes, letters: list[Letter]) -> None:
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("mail")
            if mirror.cursor != cursor:
                raise _Taken
            copies = MailCopies(session, self._person_id)
            await relabel(copies, changes, {letter.id for letter in letters})
            await take_in(copies, letters, mirror.round)
            await take_out(copies, changes.gone)
            mirror.cursor = until
            await session.flush()
        self._tell(len(letters))

    # drafts and texts

    async def _drafts(self) -> None:
        """Which mail is which draft: a draft that was edited has another mail now."""
        async with self._database.look() as session:
            copies = MailCopies(session, self._person_id)
            known = {
                row.gmail_id: row.draft_id for row in await copies.page(MailCopy.box == "drafts", first=500, after=0)
            }
        if not known or not self._gmail.reads or (all(known.values()) and None not in known):
            return
        if not self._gmail.searches:  # drafts are not shown to who may see headers only
            return
        drafts = await self._gmail.drafts()
        async with self._database.work() as session:
            await name_drafts(MailCopies(session, self._person_id), drafts)

    async def _prune(self) -> None:
        """What has grown older than the bounds, or more than they let in, goes."""
        async with self._database.work() as session:
            copies = MailCopies(session, self._person_id)
            of_gmail = (MailCopy.gmail_id.is_not(None), MailCopy.intent.is_(None))
            await copies.drop(MailCopy.at < self._oldest, *of_gmail)
            beyond = await copies.page(*of_gmail, first=1, after=self._bounds.messages)
            if beyond:
                await copies.drop(MailCopy.at <= beyond[0].at, *of_gmail)

    async def _texts(self) -> None:
        """The text of the newest unread mails, to be read without Google."""
        if not self._gmail.searches:
            return
        async with self._database.look() as session:
            newest = await MailCopies(session, self._person_id).page(
                MailCopy.box == "inbox", MailCopy.unread.is_(True), first=self._bounds.ready, after=0
            )
            wanted = [(row.name, row.gmail_id) for row in newest if row.body is None and row.gmail_id]
        for name, gmail_id in wanted:
            try:
                letter = await self._gmail.whole(gmail_id)
            except NotFound:
                continue  # the next history tells
            async with self._database.work() as session:
                copies = MailCopies(session, self._person_id)
                if await copies.named(name) is not None:
                    await copies.change(name, body=letter.text)

    async def _mirror(self) -> Mirror:
        async with self._database.work() as session:
            return await Mirrors(session, self._person_id).of("mail")

    def _tell(self, count: int) -> None:
        self._seen += count
        if self._progress is not None:
            self._progress(self._seen, None)
