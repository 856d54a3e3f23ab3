"""The telephone, for the page's double: the number and its code, the PIN, calls and messages, as a test dictates."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from tests.emulators.page_day import Thing

CODE = "482913"


def call(name: str, direction: str, state: str, minutes: float, **more: Any) -> Thing:
    """One line of `GET /v1/phone/calls`, so many minutes ago."""
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    plain: Thing = {"from": "+1555•••4567", "to": "+15559990000", "seconds": None, "why": "", "about": None, "tries": 1}
    return (
        {"id": name, "direction": direction, "state": state, "at": at.isoformat(), "conversation_id": None}
        | plain
        | more
    )


def message(name: str, text: str, minutes: float, **more: Any) -> Thing:
    """One line of `GET /v1/phone/messages`."""
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    return {"id": name, "caller": "+15557654321", "at": at.isoformat(), "seconds": 14, "text": text} | more


class Telephone:
    """How it stands."""

    def __init__(self) -> None:
        self.mine: Thing = {"number": None, "verified": False, "pin": False, "locked_until": None}
        self.mine |= {"call": None, "calls": False}
        self.calls: list[Thing] = []
        self.messages: list[Thing] = []
        self.rung = 0
        self.pins: list[str] = []


def telephone(app: FastAPI, held: Telephone) -> None:
    @app.get("/v1/me/phone")
    async def mine() -> Thing:
        return held.mine

    @app.put("/v1/me/phone")
    async def number(request: Request) -> Thing:
        said = (await request.json())["number"]
        held.mine |= {"number": "+" + "".join(one for one in said if one.isdigit()), "verified": False}
        return held.mine

    @app.delete("/v1/me/phone", status_code=204)
    async def forget() -> None:
        held.mine |= {"number": None, "verified": False, "pin": False, "locked_until": None}

    @app.put("/v1/me/pin")
    async def pin(request: Request) -> Thing:
        held.pins.append((await request.json())["pin"])
        held.mine |= {"pin": True, "locked_until": None}
        return held.mine

    @app.post("/v1/me/phone/verify")
    async def verify(request: Request) -> Any:
        body = await request.json() if await request.body() else {}
        if "code" not in body:
            held.rung += 1
            return {"verified": False, "call": "code"}
        if body["code"] != CODE:
            problem = {"title": "That is not the code I read out.", "status": 409}
            return JSONResponse(problem, 409, None, "application/problem+json")
        held.mine |= {"verified": True}
        return {"verified": True, "call": None}

    @app.get("/v1/phone/calls")
    async def calls() -> Thing:
        return {"items": held.calls, "next": None}

    @app.post("/v1/phone/calls")
    async def ring() -> Thing:
        held.calls.insert(0, call(f"c{len(held.calls)}", "out", "ringing", 0))
        return {"id": held.calls[0]["id"], "state": "ringing"}

    @app.delete("/v1/phone/calls/{name}", status_code=204)
    async def call_off(name: str) -> None:
        for one in held.calls:
            if one["id"] == name:
                one["state"] = "cancelled"

    @app.get("/v1/phone/messages")
    async def messages() -> Thing:
        return {"items": held.messages, "next": None}

    @app.delete("/v1/phone/messages/{name}", status_code=204)
    async def drop(name: str) -> None:
        held.messages = [one for one in held.messages if one["id"] != name]

    @app.post("/double/phone")
    async def dictate(request: Request) -> Thing:
        for name, value in (await request.json()).items():
            setattr(held, name, getattr(held, name) | value if name == "mine" else value)
        return {"rung": held.rung, "pins": held.pins}
