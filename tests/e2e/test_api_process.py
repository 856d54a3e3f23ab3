"""The command itself: tickets and sockets, signs of life, what is written down, and how it goes."""

import re
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.e2e.conftest import Chronus, in_process

OTHER_PAGES = ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"]


@pytest.fixture(scope="module")
def chronus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronus]:
    """A real server with the usual limit of two conversations, where it can hear."""
    folder = tmp_path_factory.mktemp("process")
    with in_process(folder / "data", CHRONUS_LIMITS__CONVERSATIONS_PER_PERSON="2") as chronus:
        yield chronus


@pytest.fixture
def hearing(chronus: Chronus) -> Chronus:
    """The same, where the weights are there."""
    me = chronus.client.get("/v1/me").json()
    if not (me["recognizer"] and me["synthesizer"]):
        pytest.skip("no weights: run `chronus models fetch`")
    return chronus


def ticket(chronus: Chronus, **thread: str) -> str:
    """The address of a socket."""
    answer = chronus.client.post("/v1/voice/connect", json=thread)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["ws_url"])


def closed(url: str, **headers: str) -> int:
    """The code with which a socket is closed that should never have been opened."""
    with connect(url, additional_headers=headers) as line:
        code = _closed_with(line)
    assert code is not None
    return code


def test_a_ticket_opens_one_socket(hearing: Chronus) -> None:
    """The second who shows it is turned away with 1008, as is one with none, a made-up or a shortened one."""
    url = ticket(hearing)
    assert re.fullmatch(rf"ws://{hearing.url.removeprefix('http://')}/v1/voice\?ticket=[\w-]{{40,}}", url)

    with connect(url) as line:
        assert closed(url) == 1008
        line.ping().wait(5)
    for wrong in (url.split("?")[0], url[:-1], url + "A", url.split("=")[0] + "=", url.split("=")[0] + "=" + "A" * 43):
        assert closed(wrong) == 1008


@pytest.mark.parametrize("origin", OTHER_PAGES)
def test_no_other_page_opens_a_socket(hearing: Chronus, origin: str) -> None:
    """Not even with a ticket; and the ticket isn't used up by the try."""
    url = ticket(hearing)
    with pytest.raises(InvalidStatus) as refused, connect(url, additional_headers={"Origin": origin}):
        pass

    assert refused.value.response.status_code == 403
    with connect(url, additional_headers={"Origin": hearing.url}) as line:
        line.ping().wait(5)


def test_a_ticket_falls_with_its_sign_in(hearing: Chronus) -> None:
    """Who signs out takes the tickets along."""
    signed_in = httpx.post(f"{hearing.url}/v1/auth/local").json()
    bearer = {"Authorization": f"Bearer {signed_in['access_token']}"}
    url = httpx.post(f"{hearing.url}/v1/voice/connect", headers=bearer).json()["ws_url"]
    httpx.post(f"{hearing.url}/v1/auth/logout", headers=bearer).raise_for_status()

    assert closed(url) == 1008


def test_too_many_conversations_are_told_when_they_ask(hearing: Chronus) -> None:
    """Two threads go on at once; the third is told to wait before it has opened anything, and may come when one has ended."""
    asked = {"text": "what time is it", "conversation_id": "new"}
    first, second, _ = (hearing.client.post("/v1/chat", json=asked).json()["conversation_id"] for _ in range(3))
    with (
        connect(ticket(hearing, conversation_id=first)) as one,
        connect(ticket(hearing, conversation_id=second)) as two,
    ):
        one.ping().wait(5)
        two.ping().wait(5)
        _until(lambda: "chronus_live_conversations 2.0" in hearing.stranger.get("/metrics").text)
        refused = hearing.client.post("/v1/voice/connect", json={})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
    _until(lambda: hearing.client.post("/v1/voice/connect", json={}).status_code == 200)


def test_a_frame_of_ten_megabytes_ends_the_conversation_not_the_server(hearing: Chronus) -> None:
    """1009, and everybody else goes on."""
    for sent in ("x" * 10_000_000, b"x" * 10_000_000):
        with connect(ticket(hearing), compression=None) as line:
            with suppress(ConnectionClosed):
                line.send(sent)
            assert _closed_with(line) in (None, 1009)
    assert hearing.stranger.get("/health").json() == {"status": "ok"}


def test_readiness_names_every_dependency(chronus: Chronus) -> None:
    """State and time of each, and what exactly the weights are."""
    found = chronus.stranger.get("/health/ready")

    assert found.status_code == 200
    assert found.json()["status"] == "ready"
    assert found.json()["checks"].keys() >= {"database", "cache", "memory", "hearing", "speaking"}
    assert all(check["ms"] >= 0 for check in found.json()["checks"].values())
    for weights in found.json()["weights"]:
        assert all(re.fullmatch(r"[0-9a-f]{64}", sha) for sha in weights["files"].values())
        assert weights["files"] or weights["say"]


def test_figures_count_by_route_not_by_address(chronus: Chronus) -> None:
    """Ids don't make new series, and turns are counted."""
    chronus.client.post("/v1/chat", json={"text": "hello"}).raise_for_status()
    for n in range(3):
        chronus.client.get(f"/v1/calendar/events/{n}")
        chronus.stranger.get(f"/nowhere/{n}")

    figures = chronus.stranger.get("/metrics").text
    assert (
        'chronus_http_requests_total{method="GET",route="/v1/calendar/events/{event_id}",status="404"} 3.0' in figures
    )
    assert 'chronus_turns_total{channel="text"}' in figures
    assert "/nowhere" not in figures


def test_an_answer_does_not_wait_for_the_network(chronus: Chronus) -> None:
    """On a kept connection a sign of life takes milliseconds, not the 40 that Nagle and a late acknowledgement cost."""
    took = []
    for _ in range(20):
        began = time.perf_counter()
        chronus.stranger.get("/health").raise_for_status()
        took.append(time.perf_counter() - began)

    assert statistics.median(took) < 0.03


def test_openapi_tells_the_truth(chronus: Chronus) -> None:
    """Every operation says what it gives, that refusals are problems, and whether it wants a sign-in."""
    found = chronus.stranger.get("/openapi.json").json()

    assert found["openapi"].startswith("3.1")
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            assert "application/problem+json" in operation["responses"]["4XX"]["content"], (method, path)
            assert operation["security"] == [] or {"bearer": []} in operation["security"]
    assert "HTTPValidationError" not in str(found)


def test_nothing_secret_or_said_is_written_down(tmp_path: Path) -> None:
    """Of tokens, tickets, query strings, words, answers and bodies not one is in what the server writes, nor can anyone forge a line."""
    with in_process(tmp_path / "data") as chronus:
        assert chronus.log
        signed_in = httpx.post(f"{chronus.url}/v1/auth/local").json()
        secrets = [signed_in["access_token"], signed_in["refresh_token"], (chronus.data / "secret.key").read_text()]
        chronus.client.post("/v1/chat", json={"text": "add canarywords to my shopping list"})
        chronus.client.post("/v1/chat", json={"text": "canarywords" * 1000})
        chronus.client.post("/v1/tasks", json={"title": ["canarywords"]})
        chronus.client.get("/v1/email/messages?q=canarywords")
        chronus.stranger.get("/v1/me?access_token=canarytoken", headers={"Authorization": "Bearer canarytoken"})
        chronus.stranger.post("/v1/auth/refresh", json={"refresh_token": "canarytoken"})
        chronus.stranger.get("/x%0d%0aforged%20line", headers={"X-Request-Id": "forged id with spaces"})
        connecting = chronus.client.post("/v1/voice/connect", json={})
        if connecting.status_code == 200:
            url = connecting.json()["ws_url"]
            secrets.append(url.split("=")[1])
            with connect(url):
                assert closed(url) == 1008
        time.sleep(0.3)
        log = chronus.log.read_text()

    assert '"path": "/v1/chat"' in log or "/v1/chat" in log
    for secret in (*secrets, "canary", "ticket=", "?q=", "forged id"):
        assert secret not in log
    assert not any(line.startswith("forged") for line in log.splitlines())


def test_told_to_stop_it_says_so_and_goes(tmp_path: Path) -> None:
    """SIGTERM: an open conversation hears goodbye before its socket closes, readiness is gone at once, exit code 0."""
    with in_process(tmp_path / "data") as chronus:
        assert chronus.process
        connecting = chronus.client.post("/v1/voice/connect", json={})
        if connecting.status_code != 200:
            chronus.process.send_signal(signal.SIGTERM)
            assert chronus.process.wait(15) == 0
            return
        with connect(connecting.json()["ws_url"]) as line:
            _until(lambda: "chronus_live_conversations 1.0" in chronus.stranger.get("/metrics").text)
            chronus.process.send_signal(signal.SIGTERM)
            assert _closed_with(line) in (1001, 1012)
        assert chronus.process.wait(20) == 0
        assert "Traceback" not in (chronus.log.read_text() if chronus.log else "")


def test_a_second_server_on_the_same_folder_is_told(tmp_path: Path) -> None:
    """It says what is the matter in one sentence and goes; the first one is none the worse."""
    with in_process(tmp_path / "data") as chronus:
        chronus.client.post("/v1/tasks", json={"title": "Mine"}).raise_for_status()
        with pytest.raises(RuntimeError) as told, in_process(tmp_path / "data"):
            pass
        assert chronus.client.get("/v1/tasks").json()["items"][0]["title"] == "Mine"

    assert "Traceback" not in str(told.value)
    assert len(str(told.value).splitlines()) < 6


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"CHRONUS_REDIS__URL": "nonsense"}, "CHRONUS_REDIS__URL"),
        ({"CHRONUS_DATABASE__URL": "mysql://x"}, "CHRONUS_DATABASE__URL"),
        ({"CHRONUS_SECRET_KEY": "short"}, "CHRONUS_SECRET_KEY"),
        ({"CHRONUS_ENVIRONMENT": "production"}, "CHRONUS_SECRET_KEY"),
        ({"CHRONUS_LIMITS__TURNS_PER_MINUTE": "-1"}, "TURNS_PER_MINUTE"),
    ],
)
def test_what_is_wrong_with_the_settings_is_said_in_a_sentence(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    """It names the setting, and leaves no trace of the program's insides."""
    with pytest.raises(RuntimeError) as told, in_process(tmp_path / "data", **environment):
        pass

    assert said in str(told.value)
    assert "Traceback" not in str(told.value)


def _closed_with(line: ClientConnection) -> int | None:
    """The code of the other side's goodbye; None when it just hung up."""
    try:
        while True:
            line.recv(timeout=20)
    except ConnectionClosed as over:
        return over.rcvd.code if over.rcvd else None


def _until(true: Callable[[], bool], patience: float = 10.0) -> None:
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)
