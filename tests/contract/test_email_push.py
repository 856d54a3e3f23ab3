"""News of mail comes by Google's Pub/Sub, is believed only from there, and isn't relied on."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI

from integrations.email.watch import end_watch, renew_watch
from integrations.errors import ChronusError
from integrations.settings import GoogleSettings
from tests.contract.test_email_outbox import World, world
from tests.contract.test_email_sync import copied, fill, lite, read, truth
from tests.emulators.serve import served
from voice.api import mail_push
from voice.problems import on_refusal

__all__ = ["lite", "world"]

TOPIC = "projects/home/topics/mail"
SECRET = "a long secret of the subscription"


def notification(address: str = "robin@example.com", history: int = 99) -> dict[str, Any]:
    """As Pub/Sub pushes it."""
    data = base64.b64encode(json.dumps({"emailAddress": address, "historyId": history}).encode()).decode()
    return {"message": {"data": data, "messageId": "1", "publishTime": "2026-03-04T09:20:00Z"}, "subscription": "s"}


class Door:
    """Our door for pushes on a socket, and whom it called."""

    def __init__(self, address: str, called: list[str]) -> None:
        self._address, self.called = address, called

    async def push(self, content: Any, token: str = SECRET, **headers: str) -> int:
        async with httpx.AsyncClient() as client:
            url = f"{self._address}/google/mail/push"
            answer = await client.post(url, params={"token": token}, json=content, headers=headers)
            return answer.status_code


@asynccontextmanager
async def door(world: World, **settings: Any) -> AsyncIterator[Door]:
    called: list[str] = []
    google = GoogleSettings(**{"pubsub_token": SECRET} | settings)

    async def soon(person_id: str, kinds: list[str]) -> None:
        assert kinds == ["mail"]
        called.append(person_id)

    syncing = SimpleNamespace(soon=soon)
    services = SimpleNamespace(settings=SimpleNamespace(google=google), database=world.database, syncing=syncing)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        yield {"services": services}

    app = FastAPI(lifespan=lifespan)
    app.include_router(mail_push.router)
    app.add_exception_handler(ChronusError, on_refusal)
    async with served(app) as address:
        yield Door(address, called)


async def test_news_is_believed_only_with_the_secret(lite: World) -> None:
    """And asks for the mail of whoever watches that mailbox, whatever the case of its address."""
    await renew_watch(lite.database, lite.person_id, lite.google().gmail, lite.clock, TOPIC)
    async with door(lite) as opened:
        assert await opened.push(notification("Robin@Example.com")) == 204
        assert opened.called == [lite.person_id]
        assert await opened.push(notification(), token="another") == 403
        assert await opened.push(notification(), token="") == 403
        assert await opened.push(notification("eve@example.net")) == 204
        broken_ones: list[Any] = [{}, {"message": {}}, {"message": {"data": "!"}}, [], {"message": {"data": "e30="}}]
        for broken in broken_ones:
            assert await opened.push(broken) == 422
        assert opened.called == [lite.person_id]
    async with door(lite, pubsub_token=None) as closed:
        assert await closed.push(notification()) == 404


async def test_a_signed_push_is_checked(lite: World) -> None:
    """Where the subscription signs, its signature, audience, issuer and time count as well."""
    await renew_watch(lite.database, lite.person_id, lite.google().gmail, lite.clock, TOPIC)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificates = FastAPI()

    @certificates.get("/certs")
    async def certs() -> dict[str, str]:
        return {"one": certificate(key)}

    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "chronus",
        "email_verified": True,
        "iat": now,
        "exp": now + 60,
    }

    def signed(by: Any = key, **more: Any) -> dict[str, str]:
        token = jwt.encode(claims | more, by, algorithm="RS256", headers={"kid": "one"})
        return {"authorization": f"Bearer {token}"}

    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(served(certificates))
        opened = await stack.enter_async_context(door(lite, pubsub_audience="chronus", certs_uri=f"{address}/certs"))
        assert await opened.push(notification(), **signed()) == 204
        assert await opened.push(notification()) == 403
        for wrong in (
            {"aud": "another"},
            {"iss": "https://evil.example"},
            {"exp": now - 60},
            {"email_verified": False},
        ):
            assert await opened.push(notification(), **signed(**wrong)) == 403
        assert await opened.push(notification(), **signed(other)) == 403
        assert opened.called == [lite.person_id]


async def test_a_watch_is_asked_for_once_a_day(lite: World) -> None:
    """Google forgets it after seven; an end of it ends."""
    gmail = lite.google().gmail
    for hours in (0, 1, 12, 12, 1):
        lite.at += timedelta(hours=hours)
        await renew_watch(lite.database, lite.person_id, gmail, lite.clock, TOPIC)
    assert [one["topicName"] for one in lite.side.box.watched] == [TOPIC, TOPIC]
    await end_watch(lite.database, lite.person_id, gmail)
    assert lite.side.box.stopped == 1
    async with door(lite) as opened:
        assert await opened.push(notification()) == 204
        assert opened.called == []


async def test_without_a_push_the_mail_is_found_anyway(lite: World) -> None:
    """A watch that ran out, a push that got lost, one that is newer than what we have: reading starts from our cursor."""
    fill(lite.side, 3)
    await read(lite)
    await renew_watch(lite.database, lite.person_id, lite.google().gmail, lite.clock, TOPIC)
    fill(lite.side, 3, 10)
    async with door(lite) as opened:
        assert await opened.push(notification(history=10**9)) == 204
    lite.at += timedelta(days=8)
    await read(lite)
    assert await copied(lite) == truth(lite.side)


def certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(hours=1))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@pytest.mark.parametrize("topic", ["mail", "projects/home", ""])
async def test_a_topic_that_is_none_is_refused_by_google(lite: World, topic: str) -> None:
    """And told as such."""
    with pytest.raises(ChronusError):
        await renew_watch(lite.database, lite.person_id, lite.google().gmail, lite.clock, topic)
