"""Having Gmail tell us of news: asked for again every day, as Google forgets it after seven."""

import asyncio
import base64
import binascii
import json
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from integrations.clock import Clock
from integrations.email.gmail import Gmail
from integrations.errors import Denied, Invalid
from integrations.store.database import Database
from integrations.store.mail_watches import MailWatches, watchers

AGAIN = timedelta(days=1)
ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})
PATIENCE = 5  # seconds for Google's certificates


async def renew_watch(database: Database, person_id: str, gmail: Gmail, clock: Clock, topic: str) -> None:
    """Ask for news by Pub/Sub, unless that was done today. Polling finds the same, only later. Raises our errors."""
    async with database.look() as session:
        current = await MailWatches(session, person_id).current()
    if current and clock() < min(current.asked_at + AGAIN, current.expires_at):
        return
    address, expires_at = await gmail.address(), await gmail.watch(topic)
    async with database.work() as session:
        await MailWatches(session, person_id).put(address, clock(), expires_at)


async def end_watch(database: Database, person_id: str, gmail: Gmail) -> None:
    """No news any more. Raises our errors."""
    await gmail.stop()
    async with database.work() as session:
        await MailWatches(session, person_id).drop()


async def whose(database: Database, notification: bytes) -> Sequence[str]:
    """Ids of the persons whose mailbox a Pub/Sub message is about; its history id is not needed, as we keep our own.

    Raises `Invalid` for what is no such message.
    """
    try:
        message = json.loads(notification)["message"]
        address = json.loads(base64.b64decode(message["data"], altchars=b"-_"))["emailAddress"]
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise Invalid("That isn't news of a mailbox.") from error
    async with database.look() as session:
        return await watchers(session, str(address))


async def check_sender(bearer: str | None, audience: str, certificates: str) -> None:
    """Whether Google signed it for us. Raises `Denied`."""
    request: Any = partial(Request(), timeout=PATIENCE)
    verify = partial(id_token.verify_token, bearer or "", request, audience=audience, certs_url=certificates)
    try:
        claims = await asyncio.to_thread(verify)
    except (GoogleAuthError, ValueError) as error:
        raise Denied("That didn't come from Google.") from error
    if claims.get("iss") not in ISSUERS or not claims.get("email_verified"):
        raise Denied("That didn't come from Google.")
