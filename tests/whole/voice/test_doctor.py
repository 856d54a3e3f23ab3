"""What the doctor says of a machine, by settings that point at it."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from integrations import weights
from integrations.errors import Unavailable
from integrations.google.scopes import TASKS
from integrations.settings import (
    CelerySettings,
    DatabaseSettings,
    GeminiSettings,
    GoogleSettings,
    RedisSettings,
    Settings,
    SpeechSettings,
)
from integrations.store.database import open_database
from integrations.store.engine import FILE
from integrations.store.google_accounts import GoogleAccount
from integrations.store.intents import Intents
from integrations.store.migrations import migrate
from integrations.store.mirrors import Mirror
from integrations.store.people import Person
from integrations.weights.manifest import MODELS
from tests import geminis
from tests.emulators.gemini import served_gemini
from tests.emulators.speaking import Speaker, speaking
from tests.emulators.speech import Listener, listening
from voice.doctor import Finding, examine


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """A machine on which nothing has been started yet."""
    return Settings(_env_file=None, data=tmp_path / "data", weights=tmp_path / "weights")


def changed(settings: Settings, **parts: Any) -> Settings:
    return settings.model_copy(update=parts)


async def look(settings: Settings) -> dict[str, Finding]:
    """What was found, by name."""
    return {finding.name: finding for finding in await examine(settings)}


async def test_a_fresh_machine_lacks_weights_and_nothing_else(bare: Settings) -> None:
    """Each missing model is named with the command that brings it, and looking leaves no data behind."""
    found = await look(bare)

    bad = {name for name, finding in found.items() if finding.state == "bad"}
    assert {"weights minilm", f"weights {weights.default_whisper()}"} <= bad
    assert all(name.startswith("weights ") for name in bad)
    assert all("chronus models fetch" in found[name].say for name in bad)
    assert not bare.data.exists()


async def test_what_pipecat_carries_is_here(bare: Settings) -> None:
    """The models inside an installed package work, and their terms are told."""
    found = await look(bare)

    for name in ("silero", "turn"):
        assert found[f"weights {name}"].state == "ok"
        assert MODELS[name].licence in found[f"weights {name}"].say


async def test_a_voice_that_is_not_the_first_choice_counts(bare: Settings) -> None:
    """Where the second voice lies, nobody is told that a voice is missing."""
    try:
        joe = weights.locate("joe", folder=Settings().weights).parent
    except Unavailable as error:
        pytest.skip(error.say)
    bare.weights.mkdir()
    (bare.weights / "joe").symlink_to(joe)

    found = await look(bare)

    assert found["weights joe"].state == "ok"
    assert "weights ljspeech" not in found


async def test_a_damaged_file_is_named(bare: Settings) -> None:
    """Weights that are not what they should be are told by the file's name."""
    model = MODELS["minilm"]
    (bare.weights / "minilm").mkdir(parents=True)
    (bare.weights / "minilm" / model.files[0].name).write_bytes(b"something else")

    finding = (await look(bare))["weights minilm"]

    assert finding.state == "bad"
    assert model.files[0].name in finding.say
    assert "damaged" in finding.say


async def test_a_voice_asked_for_by_name_is_not_replaced(bare: Settings) -> None:
    """Piper by name and not here: that fails, whether espeak-ng is here or not."""
    found = await look(changed(bare, speech=SpeechSettings(synthesizer="piper")))

    assert found["weights ljspeech"].state == "bad"


async def test_espeak_asked_for_by_name_is_looked_for(bare: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program isn't on this machine, how to install it is told."""
    monkeypatch.setenv("PATH", str(bare.data))

    finding = (await look(changed(bare, speech=SpeechSettings(synthesizer="espeak"))))["voice"]

    assert finding.state == "bad"
    assert "apt install espeak-ng" in finding.say


async def test_a_database_that_works_and_one_that_is_garbage(bare: Settings) -> None:
    """Both are opened; the garbage is told and left as it is."""
    await migrate(None, bare.data)
    assert (await look(bare))["database"].state == "ok"
    garbage = b"garbage " * 1024
    for path in bare.data.iterdir():
        path.unlink()
    (bare.data / FILE).write_bytes(garbage)

    finding = (await look(bare))["database"]

    assert finding.state == "bad"
    assert "database" in finding.say
    assert (bare.data / FILE).read_bytes() == garbage


async def test_servers_that_do_not_answer_are_told(bare: Settings) -> None:
    """A PostgreSQL and a Redis that are away, and no word of their passwords."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    away = changed(
        bare,
        database=DatabaseSettings(url=f"postgresql://me:secretword@127.0.0.1:{port}/db"),
        redis=RedisSettings(url=f"redis://:secretword@127.0.0.1:{port}/0"),
    )

    found = await look(away)

    assert found["database"].state == found["cache"].state == "bad"
    assert "secretword" not in str(found)


async def test_addresses_that_make_no_sense_are_told(bare: Settings) -> None:
    """As what they should look like."""
    found = await look(
        changed(
            bare,
            database=DatabaseSettings(url="postgresql://me@here:somewhere/y"),
            redis=RedisSettings(url="redis://here:somewhere/0"),
        )
    )

    assert "postgresql://" in found["database"].say
    assert "redis://" in found["cache"].say


async def test_a_file_where_the_folder_should_be(bare: Settings) -> None:
    """It can't be written to, and which setting moves it is told."""
    bare.data.write_text("mine")

    finding = (await look(bare))["disk"]

    assert finding.state == "bad"
    assert "CHRONUS_DATA" in finding.say


async def test_keys_that_are_of_no_use_yet_are_told(bare: Settings) -> None:
    """Somebody who sets a key for something that isn't there yet isn't left to wonder."""
    keyed = changed(
        bare,
        gemini=GeminiSettings(api_key="secretword", base_url="http://127.0.0.1:9"),
        google=GoogleSettings(client_id="mine"),
    )

    found = await look(keyed)

    assert found["mind"].state == found["Google"].state == "note"
    assert "secretword" not in str(found)


async def test_findings_are_plain_for_programs(bare: Settings) -> None:
    """Name, state and sentence."""
    for finding in await examine(bare):
        assert finding.json.keys() == {"name", "state", "say"}
        assert finding.state in {"ok", "note", "bad"}
        assert finding.say


async def test_a_google_that_does_not_answer_is_told(bare: Settings) -> None:
    """For each side, whether or not somebody takes its place."""
    nobody = {"endpoint": "127.0.0.1:1", "tts_endpoint": "127.0.0.1:1", "insecure": True}
    found = await look(changed(bare, speech=SpeechSettings(recognizer="google", synthesizer="google", **nobody)))

    assert found["hearing"].state == "bad"
    assert "can't be reached" in found["hearing"].say
    assert "isn't answering" in found["speaking"].say
    assert found["speaking"].state in {"bad", "note"}


async def test_a_google_that_answers_is_told(bare: Settings) -> None:
    """With the model and the place it hears with."""
    async with listening(Listener(location="eu")) as hears, speaking(Speaker()) as speaks:
        speech = hears.model_copy(update={"tts_endpoint": speaks.tts_endpoint, "synthesizer": "google"})
        found = await look(changed(bare, speech=speech))

    assert (found["hearing"].state, found["speaking"].state) == ("ok", "ok")
    assert "Google hears (chirp_3, eu)" in found["hearing"].say


async def test_nobody_who_hears_is_told(bare: Settings) -> None:
    """With the command that brings the weights."""
    finding = (await look(bare))["hearing"]

    assert finding.state == "note"
    assert "Nobody hears yet" in finding.say


async def test_each_google_account_has_a_line(tmp_path: Path) -> None:
    """Connected for what, ending when, to be connected again and why, kept for signing in: told without any key."""
    now = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
    settings = Settings(_env_file=None, data=tmp_path, weights=tmp_path / "none")
    settings = changed(settings, google=GoogleSettings(client_id="mine", client_secret="x"))
    assert "Nobody has connected" in (await look(settings))["Google"].say
    await migrate(None, tmp_path)
    states = {
        "anna": ("connected", None, None), "bob": ("connected", None, now + timedelta(days=7)),
        "cleo": ("reconnect", "verify", None), "": ("left", None, None),
    }  # fmt: skip
    async with open_database(None, tmp_path) as database, database.work() as session:
        for name, (state, reason, until) in states.items():
            session.add(Person(id=name or "dan", zone="UTC", created_at=now))
            await session.flush()
            session.add(GoogleAccount(person_id=name or "dan", sub=name, email=name, scopes=TASKS, state=state, reason=reason, grant_until=until, connected_at=now))  # fmt: skip

        session.add(Mirror(person_id="anna", kind="tasks", synced_at=datetime.now(UTC)))
        session.add(Mirror(person_id="bob", kind="calendar", part="me", synced_at=now, say="Google isn't answering."))
        session.add(Mirror(person_id="bob", kind="mail"))
        await Intents(session, "bob").begin("a key", "calendar", "add", {}, now)

    found = await look(settings)

    fresh = found["Google anna"]
    assert (fresh.state, fresh.say.startswith("Connected: tasks. Tasks as of ")) == ("ok", True)
    assert found["Google bob"].state == "note"
    assert f"Calendar as of {now:%Y-%m-%d %H:%M} UTC, 1 waiting: Google isn't answering." in found["Google bob"].say
    assert "Mail not read to the end yet." in found["Google bob"].say
    assert "ends on 2026-03-11" in found["Google bob"].say
    assert (found["Google cleo"].state, "see that it is you" in found["Google cleo"].say) == ("note", True)
    assert "sign in only" in found["Google account"].say


async def test_the_mind_is_asked_whether_it_is_there(bare: Settings) -> None:
    """Which model answers; a key Google refuses is bad, a model that is gone or nobody there is worth a note."""
    with served_gemini() as google:
        keyed = geminis.settings(google)
        assert (await look(changed(bare, gemini=keyed)))["mind"].say.startswith("gemini-3.5-flash-lite is there")
        wrong = (await look(changed(bare, gemini=geminis.settings(google, api_key="wrong"))))["mind"]
        google.models = {"gemini-3.6-flash"}
        moved = (await look(changed(bare, gemini=keyed)))["mind"]
    away = (await look(changed(bare, gemini=keyed)))["mind"]

    assert [wrong.state, moved.state, away.state] == ["bad", "note", "note"]
    assert "CHRONUS_GEMINI__API_KEY" in wrong.say
    assert "gemini-3.6-flash answers instead" in moved.say
    assert "built-in mind" in away.say


async def test_workers_of_their_own_need_stores_that_several_processes_share(bare: Settings) -> None:
    """With a broker and nothing else, reminders would ring into no conversation and two would write one file."""
    given = bare.model_copy(update={"celery": CelerySettings(broker_url=SecretStr("redis://localhost:1/1"))})
    found = {finding.name: finding for finding in await examine(given)}
    assert (found["database"].state, found["cache"].state) == ("bad", "bad")
    assert "CHRONUS_DATABASE__URL" in found["database"].say
    assert "CHRONUS_REDIS__URL" in found["cache"].say


@pytest.mark.parametrize(
    ("phone", "public", "state", "says"),
    [
        ({"provider": "telnyx"}, "https://chronus.example.org", "bad", "TELNYX_PUBLIC_KEY"),
        (
            {"provider": "telnyx", "telnyx_public_key": "no key"},
            "https://chronus.example.org",
            "bad",
            "that Telnyx shows",
        ),
        ({"provider": "plivo"}, "https://chronus.example.org", "bad", "PLIVO_AUTH_TOKEN"),
        ({"provider": "plivo", "plivo_auth_token": "t"}, "https://chronus.example.org", "note", "PHONE__NUMBER"),
        ({"provider": "twilio"}, "https://chronus.example.org", "bad", "AUTH_TOKEN"),
        ({"provider": "twilio", "twilio_auth_token": "t"}, None, "bad", "CHRONUS_PUBLIC_URL"),
        ({"provider": "twilio", "twilio_auth_token": "t"}, "http://127.0.0.1:8000", "note", "https"),
        (
            {"provider": "twilio", "twilio_auth_token": "t"},
            "https://chronus.example.org",
            "note",
            "/v1/phone/twilio/incoming",
        ),
        (
            {"provider": "twilio", "twilio_auth_token": "t", "twilio_account_sid": "AC1", "number": "+15550100000"},
            "https://chronus.example.org",
            "ok",
            "from +15550100000",
        ),
    ],
)
async def test_it_says_whether_a_call_could_come_in(
    bare: Settings, phone: dict[str, str], public: str | None, state: str, says: str
) -> None:
    """Which setting is missing, or the address to give to Twilio; the token is not shown."""
    given = Settings(_env_file=None, data=bare.data, weights=bare.weights, phone=phone, public_url=public)
    (finding,) = [one for one in await examine(given) if one.name == "telephone"]
    assert finding.state == state
    assert says in finding.say
    assert not [one for one in await examine(bare) if one.name == "telephone"]
