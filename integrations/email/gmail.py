"""Gmail's API in the few verbs we need, each with what it costs."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from integrations.email.letters import HEADERS, Letter, letter
from integrations.email.mime import apart, unpacked, words
from integrations.errors import NotFound
from integrations.google.client import Ask, GoogleApi

FULL = "https://mail.google.com/"
SCOPE = "https://www.googleapis.com/auth/gmail."
COSTS = {  # quota units, of projects made since May 2026; 6,000 a minute and person
    "list": 5, "get": 20, "history": 2, "send": 100, "modify": 5, "draft": 10, "profile": 1, "watch": 100,
}  # fmt: skip
SHAPE = "id,threadId,labelIds,snippet,historyId,internalDate,payload/headers"
WHOLE = "id,threadId,labelIds,snippet,historyId,internalDate,payload"
AT_ONCE = 8  # connections

Spend = Callable[[int], Awaitable[None]]
"""Told before each call how many units it costs; may make the caller wait."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft and its mail, whose id is another one after each change."""

    id: str
    letter: Letter


@dataclass(frozen=True, kw_only=True)
class News:
    """A page of what has happened to a mailbox. `until` is where to go on from when it has been seen to."""

    records: list[dict[str, Any]] = field(default_factory=list)
    page: str | None
    until: str


async def _free(units: int) -> None:
    """Nobody counts."""


class Gmail:
    """One person's mailbox at Google.

    `address` is the account's own, asked for where it isn't given; `scopes` are those that were granted (None: all that
    are needed); `spend` is told what each call costs.
    """

    def __init__(
        self, api: GoogleApi, *, address: str = "", scopes: frozenset[str] | None = None, spend: Spend = _free
    ) -> None:
        self._api, self._spend = api, spend
        self._scopes = frozenset({FULL}) if scopes is None else scopes
        self.known_address = address

    def sparing(self, spend: Spend) -> "Gmail":
        """The same mailbox, as somebody who asks `spend` first."""
        return Gmail(self._api, address=self.known_address, scopes=self._scopes, spend=spend)

    @property
    def modifies(self) -> bool:
        """Whether labels may be changed, such as unread."""
        return self._may("modify")

    @property
    def composes(self) -> bool:
        """Whether drafts may be kept there."""
        return self._may("modify", "compose")

    @property
    def searches(self) -> bool:
        """Whether Gmail's search and the text of mails are open to us."""
        return self._may("modify", "readonly")

    @property
    def reads(self) -> bool:
        """Whether anything may be looked at."""
        return self._may("modify", "readonly", "metadata")

    def _may(self, *names: str) -> bool:
        return FULL in self._scopes or any(f"{SCOPE}{name}" in self._scopes for name in names)

    async def profile(self) -> tuple[str, str]:
        """The mailbox's address, and how far its history has come."""
        answer = await self._call("profile", lambda api: api.users().getProfile(userId="me"))
        self.known_address = str(answer["emailAddress"])
        return answer["emailAddress"], answer["historyId"]

    async def address(self) -> str:
        """Asked once."""
        return self.known_address or (await self.profile())[0]

    async def listed(
        self, q: str = "", *, labels: Sequence[str] = (), first: int = 100, page: str | None = None
    ) -> tuple[list[dict[str, str]], str | None]:
        """Ids and threads of mails, newest first, and the next page. `q` only where `searches`."""
        more: dict[str, Any] = {"q": q} if q else {}
        more |= {"labelIds": list(labels)} if labels else {}
        more |= {"pageToken": page} if page else {}
        answer = await self._call(
            "list",
            lambda api: api.users().messages().list(
                userId="me", maxResults=first, fields="messages(id,threadId),nextPageToken", **more
            ),
        )  # fmt: skip
        return answer.get("messages", []), answer.get("nextPageToken")

    async def headers(self, message_id: str) -> Letter:
        """Without its text. Raises `NotFound`."""
        answer = await self._call(
            "get",
            lambda api: api.users().messages().get(
                userId="me", id=message_id, format="metadata", metadataHeaders=list(HEADERS), fields=SHAPE
            ),
        )  # fmt: skip
        return letter(answer)

    async def all_headers(self, ids: Sequence[str]) -> list[Letter | None]:
        """Of each, in order; None for one that isn't there (any more)."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(message_id: str) -> Letter | None:
            async with turn:
                try:
                    return await self.headers(message_id)
                except NotFound:
                    return None

        answers = await asyncio.gather(*(one(message_id) for message_id in ids), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return [answer for answer in answers if not isinstance(answer, BaseException)]

    async def whole(self, message_id: str) -> Letter:
        """With its text. Raises `NotFound`."""
        if not self.searches:  # without the text there is none to be had
            return await self.headers(message_id)
        get = lambda api: api.users().messages().get(userId="me", id=message_id, format="full", fields=WHOLE)  # noqa: E731  # fmt: skip
        return await self._read(await self._call("get", get))

    async def drafts(self, q: str = "", *, first: int = 500) -> dict[str, str]:
        """Ids of drafts by the id of their mail, newest first."""
        more = {"q": q} if q else {}
        answer = await self._call(
            "list",
            lambda api: api.users().drafts().list(
                userId="me", maxResults=first, fields="drafts(id,message/id),nextPageToken", **more
            ),
        )  # fmt: skip
        return {draft["message"]["id"]: draft["id"] for draft in answer.get("drafts", [])}

    async def draft(self, draft_id: str) -> Draft:
        """With its text. Raises `NotFound`."""
        get = lambda api: api.users().drafts().get(userId="me", id=draft_id, format="full")  # noqa: E731
        answer = await self._call("get", get)
        return Draft(id=answer["id"], letter=await self._read(answer["message"]))

    async def write_draft(self, packed: bytes, thread: str | None = None) -> str:
        """A new draft; its id. Raises `Unsure`."""
        body = {"message": _raw(packed, thread)}
        answer = await self._call("draft", lambda api: api.users().drafts().create(userId="me", body=body, fields="id"))
        return str(answer["id"])

    async def discard(self, draft_id: str) -> None:
        """Throw a draft away for good. Raises `NotFound`, `Unsure`."""
        await self._call("draft", lambda api: api.users().drafts().delete(userId="me", id=draft_id), safe=True)

    async def send_draft(self, draft_id: str) -> str:
        """Let it leave; the id of the mail that has gone. Raises `NotFound`, `Unsure`."""
        body = {"id": draft_id}
        answer = await self._call("send", lambda api: api.users().drafts().send(userId="me", body=body, fields="id"))
        return str(answer["id"])

    async def post(self, packed: bytes, thread: str | None = None) -> str:
        """Send without a draft. Raises `Unsure`."""
        body = _raw(packed, thread)
        answer = await self._call("send", lambda api: api.users().messages().send(userId="me", body=body, fields="id"))
        return str(answer["id"])

    async def label(self, message_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Doing it twice is the same. Raises `NotFound`."""
        body = {"addLabelIds": list(add), "removeLabelIds": list(remove)}
        ask = lambda api: api.users().messages().modify(userId="me", id=message_id, body=body, fields="id")  # noqa: E731
        await self._call("modify", ask, safe=True)

    async def news(self, since: str, page: str | None = None) -> News:
        """What happened after `since`. Raises `NotFound` when Gmail no longer knows that moment."""
        more = {"pageToken": page} if page else {}
        answer = await self._call(
            "history",
            lambda api: api.users().history().list(userId="me", startHistoryId=since, maxResults=500, **more),
        )
        records = answer.get("history", [])
        following = answer.get("nextPageToken")
        until = (records[-1]["id"] if records else since) if following else answer.get("historyId", since)
        return News(records=records, page=following, until=until)

    async def watch(self, topic: str) -> datetime:
        """Ask for a push of what happens; until when it comes."""
        body = {"topicName": topic}
        answer = await self._call("watch", lambda api: api.users().watch(userId="me", body=body), safe=True)
        return datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC)

    async def stop(self) -> None:
        """No pushes any more."""
        await self._call("watch", lambda api: api.users().stop(userId="me"), safe=True)

    async def _read(self, answer: dict[str, Any]) -> Letter:
        payload = answer.get("payload", {})
        bodies = {}
        for attachment in apart(payload):
            bodies[attachment] = await self._attachment(answer["id"], attachment)
        return letter(answer, await asyncio.to_thread(words, payload, bodies))  # megabytes of HTML take their time

    async def _attachment(self, message_id: str, attachment: str) -> bytes:
        answer = await self._call(
            "get",
            lambda api: api.users().messages().attachments().get(userId="me", messageId=message_id, id=attachment),
        )
        return unpacked(answer.get("data", ""))

    async def _call(self, cost: str, ask: Ask, *, safe: bool | None = None) -> dict[str, Any]:
        await self._spend(COSTS[cost])
        return await self._api.call(ask, safe=safe)


def _raw(packed: bytes, thread: str | None) -> dict[str, str]:
    raw = {"raw": base64.urlsafe_b64encode(packed).decode()}
    return raw | {"threadId": thread} if thread else raw
