"""Twilio, Telnyx and Plivo as far as we ask them to ring somebody: their REST on a real socket, and the webhooks that follow.

Guessed, because their pages don't say: that a call stands in Twilio's list at once, and what Telnyx answers a new call with
beside `status` (its `sid`, as when a call is fetched). Telnyx's and Plivo's lists may lag: `lag`.
"""

import asyncio
import base64
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from secrets import token_hex
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response

from integrations.clock import Clock, system_clock
from integrations.errors import ChronusError
from voice.exchanges import Answered, Call, Status
from voice.phone_account import Account, tell

Outcome = Literal["answer", "machine", "busy", "no-answer", "failed", "nothing"]
Fault = Literal["refuse", "busy", "down", "drop", "forget"]
"""401, 429, 500; taken and the connection cut; cut and nothing taken."""


@dataclass
class Line:
    """One call that was asked for."""

    id: str
    to: str
    sender: str
    answered_url: str
    status_url: str
    machines: bool
    at: datetime
    outcome: Outcome
    status: str = "queued"
    seconds: int | None = None
    answered: Answered | None = None
    refused: str = ""
    """What Chronus said to a webhook, where it said no."""
    over: bool = False


@dataclass
class Telephones:
    """One provider. What comes of the next calls stands in `outcomes` (default: they are answered), what goes wrong in `faults`."""

    account: Account
    key: str
    """Telnyx's, for its REST; the others use their token."""
    server: str = ""
    """Where Chronus listens, whatever its public address; empty: no webhooks."""
    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    asked: int = 0
    url: str = ""
    clock: Clock = system_clock
    lag: bool = False
    """Whether the lists don't know of calls that haven't ended."""

    def call(self, to: str, sender: str, answered: str, status: str, *, machines: bool) -> Line:
        """Ring, and tell of it."""
        self.asked += 1
        fault = self.faults.pop(0) if self.faults else None
        if fault in ("refuse", "busy", "down"):
            raise HTTPException({"refuse": 401, "busy": 429, "down": 500}[fault], headers={"Retry-After": "7"})
        if fault == "forget":
            raise _Dropped
        outcome = self.outcomes.pop(0) if self.outcomes else "answer"
        line = Line(
            _name(self.account.provider),
            _plus(to),
            _plus(sender),
            answered,
            status,
            machines,
            self.clock(),
            outcome,
        )
        self.lines.append(line)
        if self.server:
            self._ringing = asyncio.create_task(self._course(line))
        if fault == "drop":
            raise _Dropped
        return line

    async def _course(self, line: Line) -> None:
        await self._told(line, "ringing")
        if line.outcome in ("answer", "machine"):
            line.status = "in-progress"
            call = self._named(line, "in-progress", machine=line.outcome == "machine" and line.machines)
            try:
                line.answered = await tell(self.server, self.account, urlsplit(line.answered_url).path, call)
            except ChronusError as error:
                line.refused = error.say
            if line.outcome == "machine" or (line.answered and line.answered.stream is None):
                await self.finish(line, 4)
        elif line.outcome in ("busy", "no-answer", "failed"):
            line.over = True
            await self._told(line, line.outcome)

    async def finish(self, line: Line, seconds: int = 30) -> None:
        """It is over."""
        line.seconds, line.over = seconds, True
        await self._told(line, "completed")

    async def tell_again(self, line: Line) -> None:
        """The last status once more: providers do that."""
        await self._told(line, line.status)  # type: ignore[arg-type]  # it was told before

    async def _told(self, line: Line, status: Status) -> None:
        line.status = status
        if self.server:
            path = urlsplit(line.status_url).path
            try:
                await tell(self.server, self.account, path, self._named(line, status))
            except ChronusError as error:
                line.refused = error.say

    def _named(self, line: Line, status: Status, *, machine: bool = False) -> Call:
        return Call(
            call_id=line.id, caller=line.sender, called=line.to, status=status, out=True, machine=machine,
            seconds=line.seconds,
        )  # fmt: skip

    def known(self, id: str) -> Line:
        """Raises 404."""
        for line in self.lines:
            if line.id == id:
                return line
        raise HTTPException(404)

    def listed(self, to: str, sender: str) -> list[Line]:
        """As their lists have it."""
        to, sender = _plus(to), _plus(sender)
        return [one for one in self.lines if (one.to, one.sender) == (to, sender) and (one.over or not self.lag)]


class _Dropped(Exception):
    """The connection is cut."""


def app(telephones: Telephones) -> FastAPI:
    """The REST of all three; each asks for its own key."""
    found = FastAPI()

    @found.exception_handler(_Dropped)
    async def cut(_: Request, __: Exception) -> Response:
        """An answer that breaks off: the client can't know what became of its question."""
        return Response(b"{", headers={"Content-Length": "1000"})

    _twilio(found, telephones)
    _telnyx(found, telephones)
    _plivo(found, telephones)
    return found


def _twilio(found: FastAPI, telephones: Telephones) -> None:
    base = "/2010-04-01/Accounts/{sid}/Calls"

    def shown(line: Line) -> dict[str, Any]:
        return {
            "sid": line.id, "to": line.to, "from": line.sender, "status": line.status, "duration": line.seconds,
            "start_time": format_datetime(line.at, usegmt=True), "answered_by": None, "account_sid": telephones.account.sid,
        }  # fmt: skip

    @found.post(base + ".json", status_code=201)
    async def create(request: Request) -> dict[str, Any]:
        _basic(request, telephones.account)
        told = parse_qs((await request.body()).decode())
        assert set(told["StatusCallbackEvent"]) == {"ringing", "answered", "completed"}
        machines = told.get("MachineDetection") == ["DetectMessageEnd"]
        to, sender, answered, status = (told[name][0] for name in ("To", "From", "Url", "StatusCallback"))
        return shown(telephones.call(to, sender, answered, status, machines=machines))

    @found.get(base + ".json")
    async def listed(request: Request) -> dict[str, Any]:
        _basic(request, telephones.account)
        assert request.query_params["StartTime>"]
        calls = telephones.listed(request.query_params["To"], request.query_params["From"])
        return {"calls": [shown(one) for one in calls], "next_page_uri": None, "page": 0, "page_size": 50}

    @found.get(base + "/{id}.json")
    async def fetch(request: Request, id: str) -> dict[str, Any]:
        _basic(request, telephones.account)
        return shown(telephones.known(id))

    @found.post(base + "/{id}.json")
    async def update(request: Request, id: str) -> dict[str, Any]:
        _basic(request, telephones.account)
        assert parse_qs((await request.body()).decode())["Status"] == ["completed"]
        line = telephones.known(id)
        await telephones.finish(line, 0)
        return shown(line)


def _telnyx(found: FastAPI, telephones: Telephones) -> None:
    base = "/v2/texml/Accounts/{sid}/Calls"

    def bearer(request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {telephones.key}":
            raise HTTPException(401)

    def shown(line: Line) -> dict[str, Any]:
        return {
            "sid": line.id, "to": line.to, "from": line.sender, "status": line.status,
            "duration": None if line.seconds is None else str(line.seconds), "date_created": format_datetime(line.at),
        }  # fmt: skip

    @found.post(base)
    async def create(request: Request) -> dict[str, Any]:
        bearer(request)
        told = await request.json()
        assert told["ApplicationSid"]
        machines = told.get("MachineDetection") == "DetectMessageEnd"
        return shown(telephones.call(told["To"], told["From"], told["Url"], told["StatusCallback"], machines=machines))

    @found.get(base)
    async def listed(request: Request) -> dict[str, Any]:
        bearer(request)
        assert len(request.query_params["StartTime>"]) == len("2026-03-04")
        calls = telephones.listed(request.query_params["To"], request.query_params["From"])
        return {"calls": [shown(one) for one in calls], "page": 0, "page_size": 100}

    @found.get(base + "/{id}")
    async def fetch(request: Request, id: str) -> dict[str, Any]:
        bearer(request)
        return shown(telephones.known(id))

    @found.post(base + "/{id}")
    async def update(request: Request, id: str) -> dict[str, Any]:
        bearer(request)
        assert (await request.json())["Status"] == "completed"
        line = telephones.known(id)
        await telephones.finish(line, 0)
        return shown(line)


def _plivo(found: FastAPI, telephones: Telephones) -> None:
    base = "/v1/Account/{account}/Call/"

    @found.post(base, status_code=201)
    async def create(request: Request) -> dict[str, Any]:
        _basic(request, telephones.account)
        told = await request.json()
        assert not told["to"].startswith("+")
        machines = told.get("machine_detection") == "true"
        line = telephones.call(told["to"], told["from"], told["answer_url"], told["hangup_url"], machines=machines)
        return {"api_id": token_hex(8), "message": "call fired", "request_uuid": line.id}

    @found.get(base)
    async def listed(request: Request) -> dict[str, Any]:
        _basic(request, telephones.account)
        if status := request.query_params.get("status"):
            return {"api_id": "x", "calls": [one.id for one in telephones.lines if _stands(one) == status]}
        asked = request.query_params
        assert asked["initiation_time__gte"]
        calls = [one for one in telephones.listed(asked["to_number"], asked["from_number"]) if one.over]
        return {"api_id": "x", "meta": {}, "objects": [_record(one) for one in calls]}

    @found.get(base + "{id}/")
    async def fetch(request: Request, id: str) -> dict[str, Any]:
        _basic(request, telephones.account)
        line, status = telephones.known(id), request.query_params.get("status")
        if status:
            if _stands(line) != status:
                raise HTTPException(404)
            return {"call_uuid": line.id, "to": line.to[1:], "from": line.sender[1:], "direction": "outbound"}
        if not line.over:
            raise HTTPException(404)
        return _record(line)

    @found.delete(base + "{id}/", status_code=204)
    async def hang_up(request: Request, id: str) -> None:
        _basic(request, telephones.account)
        await telephones.finish(telephones.known(id), 0)


def _stands(line: Line) -> str:
    return "" if line.over else "live" if line.status == "in-progress" else "queued"


def _record(line: Line) -> dict[str, Any]:
    causes = {"busy": "Busy", "no-answer": "No Answer", "failed": "Unknown"}
    return {
        "call_uuid": line.id, "to_number": line.to[1:], "from_number": line.sender[1:], "call_direction": "outbound",
        "call_duration": line.seconds or 0, "call_state": "ANSWER" if line.status == "completed" and line.seconds else "NO_ANSWER",
        "hangup_cause_name": causes.get(line.status, "Normal Hangup"), "initiation_time": f"{line.at:%Y-%m-%d %H:%M:%S}+00:00",
    }  # fmt: skip


def _basic(request: Request, account: Account) -> None:
    right = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
    if request.headers.get("authorization") != f"Basic {right}":
        raise HTTPException(401)


def _name(provider: str) -> str:
    made = {"twilio": f"CA{token_hex(16)}", "telnyx": f"v3:{token_hex(20)}", "plivo": token_hex(16)}
    return made[provider]


def _plus(number: str) -> str:
    return f"+{number.removeprefix('+')}"


@contextmanager
def running(account: Account, key: str = "") -> Iterator[Telephones]:
    """Beside the tests, in a thread of its own."""
    telephones = Telephones(account, key)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app(telephones), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    telephones.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield telephones
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
