"""An emulated Gmail on a socket, and how to speak with it."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from integrations.email.gmail import Gmail
from integrations.google.client import GoogleApi
from tests.emulators.google import Google
from tests.emulators.google.door import behind_door
from tests.emulators.google.gmail import gmail_app
from tests.emulators.google.mailbox import Mailbox
from tests.emulators.serve import served

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)


class Pass:
    """Tokens that are good until a test says otherwise."""

    def __init__(self, token: str = "good") -> None:
        self.token = token

    async def access(self) -> str:
        return self.token

    async def renew(self, stale: str) -> str:
        self.token = "good"
        return self.token


class Side:
    """The other side, and a way to talk with it."""

    def __init__(self, google: Google, box: Mailbox, address: str, threads: ThreadPoolExecutor) -> None:
        self.google, self.box, self.address, self._threads = google, box, address, threads

    def gmail(self, *, scopes: frozenset[str] | None = None, **more: Any) -> Gmail:
        api = GoogleApi("gmail", "v1", Pass(), threads=self._threads, endpoint=self.address, **more)
        return Gmail(api, scopes=scopes)


@asynccontextmanager
async def gmail(box: Mailbox | None = None) -> AsyncIterator[Side]:
    """One account with an empty mailbox, on a real socket; no answer of ours may be one that Google couldn't give."""
    google, box = Google(), box or Mailbox(clock=lambda: NOW)
    with ThreadPoolExecutor(16) as threads:
        async with served(behind_door(gmail_app(google, box), google, "gmail", "v1")) as address:
            yield Side(google, box, address, threads)
    assert google.wrong == []


def written(
    sender: str, subject: str, body: str, *, to: str = "robin@example.com", html: str | None = None, **headers: str
) -> bytes:
    """A mail as it travels; `Message_ID` stands for the header of that name."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = headers.pop("Message_ID", f"<{abs(hash((sender, subject, body)))}@example.org>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail.as_bytes()
