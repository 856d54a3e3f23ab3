"""Browsers are told while no page is open: sealed, signed, once, and nowhere but at push services."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from agent.opening import open_services
from agent.ringing import ring
from integrations.errors import Denied, Invalid
from integrations.push import Subscription, unwritten, written
from integrations.push.guard import Guard
from integrations.push.sealing import sealed
from integrations.store.people import People
from integrations.store.reminders import Reminders
from integrations.store.rotation import rotate
from tests.conftest import Place
from tests.emulators.push import PushedBrowser, PushService
from tests.emulators.serve import served
from tests.worlds import World, open_world

GIVEN: dict[str, Any] = {"environment": "local", "push": {"loopback": True, "contact": "mailto:anna@example.org"}}


@dataclass
class Scene:
    """A person with a phone, and its push service."""

    world: World
    service: PushService
    address: str
    phone: PushedBrowser

    async def subscribe(self, browser: PushedBrowser, person_id: str | None = None) -> None:
        given = browser.subscription(self.address)
        await self.world.services.pushes.subscribe(
            person_id or self.world.person.id, given["endpoint"], given["keys"]["p256dh"], given["keys"]["auth"], "Firefox"
        )  # fmt: skip

    async def tell(self, key: str = "digest:1", **more: Any) -> None:
        given = {"about": "digest", "say": "A mail from the clinic.", "key": key, "link": "/#digest"} | more
        await self.world.services.telling.tell(self.world.person.id, **given)

    @property
    def bodies(self) -> list[str]:
        return [one["body"] for one in self.phone.shown]


@pytest.fixture
async def scene(place: Place) -> AsyncIterator[Scene]:
    more: dict[str, Any] = {"database": {"url": place.url}} if place.url else {}
    service = PushService()
    async with open_world(place.data / "world", **GIVEN, **more) as world, served(service.app()) as address:
        phone = service.browser("phone", await world.services.pushes.key())
        scene = Scene(world, service, address, phone)
        await scene.subscribe(phone)
        yield scene


def test_a_message_is_sealed_as_the_standard_says() -> None:
    """The example of RFC 8291, Appendix A, to the letter."""
    to = Subscription.of(
        "https://push.example.net/x",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    number = int.from_bytes(unwritten("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    ours = ec.derive_private_key(number, ec.SECP256R1())
    body = sealed(
        b"When I grow up, I want to be a watermelon", to, ours=ours, salt=unwritten("DGv6ra1nlYgDCS1FRnbzlw"), padded=1
    )
    assert written(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
        "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_message_doesnt_tell_how_long_it_is() -> None:
    """Short and long sentences are equally long on the wire; what fits into no message is refused."""
    to = Subscription.of("https://x", written(PushedBrowser("x", "").public), written(b"sixteen secrets!"))
    assert len({len(sealed(b"x" * length, to)) for length in (1, 100, 255)}) == 1
    with pytest.raises(Invalid):
        sealed(b"x" * 4090, to)


async def test_the_phone_is_told_and_nothing_private_shows(scene: Scene) -> None:
    """A locked screen says that there is something, and where; what it is only if the person wants that."""
    await scene.tell()
    assert scene.bodies == ["Chronus has something for you."]
    assert scene.phone.shown[0]["link"] == "/#digest"
    assert (scene.phone.headers[0]["urgency"], scene.phone.headers[0]["ttl"]) == ("normal", "43200")
    async with scene.world.services.database.work() as session:
        await People(session).change(scene.world.person.id, push_private=True)
    await scene.tell("digest:2")
    assert scene.bodies[1:] == ["A mail from the clinic."]


async def test_a_reminder_is_pushed_at_once(scene: Scene) -> None:
    """Urgently, and without its words."""
    async with scene.world.services.database.work() as session:
        await Reminders(session, scene.world.person.id).add("Take the pills", scene.world.clock())
    await ring(scene.world.services, scene.world.person)
    assert scene.bodies == ["A reminder is due."]
    assert scene.phone.headers[0]["urgency"] == "high"


async def test_a_browser_that_is_gone_is_forgotten(scene: Scene) -> None:
    """404 and 410 end its subscription; the others are told as ever."""
    for number, status in enumerate((404, 410)):
        gone = scene.service.browser(f"gone{number}", scene.phone.server_key)
        gone.answers = [(status, {})]
        await scene.subscribe(gone)
    await scene.tell()
    assert len(scene.bodies) == 1
    assert await scene.world.services.pushes.count(scene.world.person.id) == 1


async def test_a_busy_service_is_asked_again_later_and_never_in_a_storm(scene: Scene) -> None:
    """After the time it asks for, or after ever longer ones; no round in between asks it."""
    scene.phone.answers = [(429, {"Retry-After": "120"}), (503, {})]
    await scene.tell()
    for _ in range(5):
        assert await scene.world.services.telling.round() == 0
    scene.world.clock.forward(seconds=119)
    assert await scene.world.services.telling.round() == 0
    scene.world.clock.forward(seconds=1)
    assert await scene.world.services.telling.round() == 1
    assert (scene.bodies, scene.service.asked) == ([], 2)
    scene.world.clock.forward(seconds=30)
    assert await scene.world.services.telling.round() == 1
    assert len(scene.bodies) == 1
    scene.world.clock.forward(hours=2)
    assert await scene.world.services.telling.round() == 0


async def test_a_service_that_never_answers_is_given_up(scene: Scene) -> None:
    """After eight tries; the notification itself stays."""
    scene.phone.answers = [(500, {})] * 50
    await scene.tell()
    for _ in range(40):
        scene.world.clock.forward(minutes=61)
        await scene.world.services.telling.round()
    assert scene.service.asked == 8


async def test_what_was_read_meanwhile_isnt_pushed_any_more(scene: Scene) -> None:
    """A push that waits for its next try is dropped when the person has seen it on the page."""
    scene.phone.answers = [(503, {})]
    await scene.tell()
    await scene.world.services.telling.read_all(scene.world.person.id)
    scene.world.clock.forward(minutes=5)
    await scene.world.services.telling.round()
    assert scene.service.asked == 1


async def test_a_redirect_is_not_followed(scene: Scene) -> None:
    """An address that was looked at leads nowhere else; refused five times in a row, the browser is forgotten."""
    scene.phone.answers = [(307, {"Location": f"{scene.address}/push/phone"})] * 5
    for number in range(5):
        await scene.tell(f"digest:{number}")
    assert (scene.bodies, scene.service.asked) == ([], 5)
    assert await scene.world.services.pushes.count(scene.world.person.id) == 0


async def test_a_browser_tells_one_person(scene: Scene) -> None:
    """Somebody else who signs in on it takes it over: no one's news reaches another's screen."""
    async with scene.world.services.database.work() as session:
        other = await People(session).add(zone="UTC", now=scene.world.clock(), name="Somebody Else")
    await scene.subscribe(scene.phone, other.id)
    await scene.tell()
    assert scene.bodies == []


async def test_the_key_is_made_once_and_stays(place: Place) -> None:
    """Processes that come at the same moment take the same one, and so does the next start."""
    more: dict[str, Any] = {"database": {"url": place.url}} if place.url else {}
    async with open_world(place.data / "world", **GIVEN, **more) as world:
        settings = world.services.settings
        async with open_services(settings, speech=False) as second:
            keys = await asyncio.gather(world.services.pushes.key(), second.pushes.key())
        assert keys[0] == keys[1]
    async with open_services(settings, speech=False) as later:
        assert await later.pushes.key() == keys[0]


async def test_a_thief_of_the_database_can_tell_nobody(scene: Scene) -> None:
    """Neither our key nor a browser's address stands in it, and a new ring opens both."""
    async with scene.world.services.database.look() as session:
        kept = [
            str(row)
            for table in ("push_subscriptions", "push_keys")
            for row in await session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608, two names of ours
        ]
    assert len(kept) == 2
    assert not any(scene.address in row or written(b"sixteen secrets!") in row for row in kept)
    assert all("s1." in row for row in kept)
    services = scene.world.services
    moved = await rotate(services.database, services.google.ring)
    assert moved.moved == 2
    await scene.tell()
    assert len(scene.bodies) == 1


NOWHERE = """
http://fcm.googleapis.com/x https://fcm.googleapis.com:8443/x https://fcm.googleapis.com.evil.example/x
https://evil.example/fcm.googleapis.com https://evil.example/?fcm.googleapis.com https://fcm.googleapis.com@evil.example/x
https://evil.example#fcm.googleapis.com https://evilfcm.googleapis.com.example https://localhost/x https://127.0.0.1/x
https://[::1]/x https://0.0.0.0/x https://0/x https://2130706433/x https://0x7f000001/x https://017700000001/x
https://127.1/x https://10.0.0.1/x https://172.16.0.1/x https://192.168.0.1/x https://169.254.169.254/latest/meta-data
https://[fe80::1]/x https://[fd00::1]/x https://[::ffff:127.0.0.1]/x https://[64:ff9b::7f00:1]/x https://metadata.google.internal/x
file:///etc/passwd gopher://127.0.0.1/x ftp://fcm.googleapis.com/x //fcm.googleapis.com/x fcm.googleapis.com javascript:alert(1)
https://fcm.googleapis.com\\@127.0.0.1/x https://user:pass@fcm.googleapis.com/x https://push.apple.com.evil.example/x https://push.apple.com/x
https://.push.apple.com.evil.example/ https://notify.windows.com.example/x https://fcm.googleapis.com:0/x https://fcm.googleapis.com:99999/x
https://fcm。googleapis.com/x https://ｆcm.googleapis.com/x https:///x https://?x https://[/x
""".split()


@pytest.mark.parametrize("endpoint", NOWHERE)
def test_an_address_that_is_no_push_service_is_refused(endpoint: str) -> None:
    """Whatever a page may invent: another host, another scheme or port, our own network in any spelling."""
    with pytest.raises(Denied):
        Guard().check(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
        "https://web.push.apple.com/abc",
    ],
)
def test_the_browsers_own_services_are_known(endpoint: str) -> None:
    """Chrome's, Firefox's, Edge's and Safari's."""
    Guard().check(endpoint)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: 198.18.0.1 192.0.2.1 2001:db8::1".split(),
)
async def test_a_name_that_leads_into_our_own_network_is_refused(address: str) -> None:
    """A push service's name is looked up at the moment of sending, and what it leads to has to be out in the world."""

    async def led(host: str, port: int) -> list[str]:
        return ["8.8.8.8", address]

    with pytest.raises(Denied):
        await Guard(resolve=led).address("fcm.googleapis.com", 443)


async def test_a_stand_in_counts_only_where_it_is_wanted(scene: Scene) -> None:
    """In production nobody is told at this machine, whatever the settings say."""
    given = {**GIVEN, "environment": "production", "secret_key": "0123456789abcdef"}
    async with open_world(scene.world.services.settings.data / "other", **given) as other:
        with pytest.raises(Denied):
            await Scene(other, scene.service, scene.address, scene.phone).subscribe(scene.phone)
