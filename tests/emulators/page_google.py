"""The Google half of the page's double: the account, its calendars and the copy's state, in the contract's shapes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from tests.emulators.page_day import ZONE, Thing

FEATURES = ("calendar", "tasks", "mail_read", "mail_send")
SCOPE = "https://www.googleapis.com/auth/"
KINDS = {"calendar": "calendar", "tasks": "tasks", "mail": "mail_read"}
PUBLIC = ("/v1/auth/local", "/v1/auth/refresh", "/v1/auth/ways", "/v1/auth/google/start")


class GoogleDouble:
    """What Google and the server's copy of it look like, as a test dictates."""

    def __init__(self) -> None:
        self.ways: Thing = {"local": True, "google": False}
        self.account: Thing = {
            "available": False,
            "connected": False,
            "email": None,
            "scopes": [],
            "features": [],
            "reconnect": False,
            "say": None,
        }
        self.calendars = calendars()
        self.sync: list[Thing] = []
        # What comes of the next way to Google: its outcome, and what the person left out there.
        self.outcome, self.missing = "connected", ""
        # Each way there: what it asked for, and whether the browser was signed in when it set out.
        self.asked: list[Thing] = []
        self.read_again = 0

    def connect(self, *features: str) -> None:
        granted = [one for one in FEATURES if one in (*self.account["features"], *features)]
        self.account |= {
            "connected": True,
            "email": "alex@example.com",
            "features": granted,
            "scopes": [f"{SCOPE}{one}" for one in granted],
            "reconnect": False,
            "say": None,
        }
        known = {one["kind"]: one for one in self.sync if one["state"] != "reconnect"}
        self.sync = [known.get(kind) or synced(kind) for kind, feature in KINDS.items() if feature in granted]


def synced(kind: str, state: str = "fresh", minutes: float | None = 1, **more: Any) -> Thing:
    """One line of `GET /v1/sync`; `minutes` old, or never read."""
    at = None if minutes is None else datetime.now(UTC) - timedelta(minutes=minutes)
    plain: Thing = {
        "kind": kind,
        "state": state,
        "synced_at": at and at.isoformat(),
        "age_s": None if minutes is None else minutes * 60,
        "say": None,
        "waiting": 0,
        "progress": None,
    }
    return plain | more


def calendars() -> list[Thing]:
    rows = [
        ("alex@example.com", "Alex", "#9fe1e7", True, True, True, ZONE),
        ("family@group.calendar.google.com", "Family", "#f691b2", False, True, True, ZONE),
        ("work@group.calendar.google.com", "Team in Tokyo", "#7bd148", False, False, True, "Asia/Tokyo"),
        ("holidays@group.v.calendar.google.com", "Holidays in the United Kingdom", "#b3dc6c", False, True, False, ZONE),
    ]
    names = ("id", "name", "color", "primary", "shown", "writable", "zone")
    return [dict(zip(names, row, strict=True)) for row in rows]


def refused(status: int, title: str) -> Response:
    return JSONResponse({"title": title, "status": status}, status, None, "application/problem+json")


def google(app: FastAPI, double: GoogleDouble, me: Any) -> None:
    """The routes of `/v1/auth/google`, `/v1/calendar/calendars` and `/v1/sync`; `me` is the person's own row, called anew."""

    @app.get("/v1/auth/ways")
    async def ways() -> Thing:
        return double.ways

    @app.get("/v1/auth/google")
    async def account() -> Thing:
        return double.account

    @app.delete("/v1/auth/google")
    async def disconnect() -> Thing:
        double.account |= {
            "say": None,
            "connected": False,
            "email": None,
            "features": [],
            "scopes": [],
            "reconnect": False,
        }
        double.sync = []
        return {"connected": False, "revoked": True, "say": "Google is disconnected, and I have given my access back."}

    @app.get("/v1/auth/google/start")
    async def start(request: Request, features: str, next: str) -> Response:
        """As if Google's page had been answered at once."""
        wanted = [one for one in features.split(",") if one not in ("", "none")]
        if set(wanted) - set(FEATURES) or urlsplit(next).netloc or not next.startswith("/"):
            return refused(422, "There is no such thing to connect.")
        double.asked.append({"features": features, "next": next, "signed": "access" in request.cookies})
        left_out = double.missing.split(",")
        if double.outcome == "connected" and wanted:
            double.connect(*(one for one in wanted if one not in left_out))
        more = f"&missing={double.missing}" if double.missing else ""
        answer = RedirectResponse(f"{next}?google={double.outcome}{more}", 302)
        if double.outcome == "connected":
            answer.set_cookie("access", "yes", httponly=True, samesite="lax")
        return answer

    @app.get("/v1/calendar/calendars")
    async def listed() -> Response:
        if not double.account["connected"]:
            return refused(409, "Google is not connected.")
        return JSONResponse({"items": double.calendars, "next": None})

    @app.patch("/v1/calendar/calendars/{calendar}")
    async def show(calendar: str, request: Request) -> Response:
        change = await request.json()
        found = [one for one in double.calendars if one["id"] == calendar]
        if not found:
            return refused(404, "There is no such calendar.")
        if set(change) != {"shown"} or not isinstance(change["shown"], bool):
            return refused(422, "Only whether it is shown can be changed.")
        found[0].update(change)
        return JSONResponse(found[0])

    @app.get("/v1/sync")
    async def state() -> Thing:
        return {"items": double.sync, "next": None}

    @app.post("/v1/sync", status_code=202)
    async def again() -> Thing:
        double.read_again += 1
        return {}

    @app.post("/double/google")
    async def dictate(request: Request) -> Thing:
        """Any of `connect` (features), `account`, `sync` (lines of `synced`), `ways`, `outcome`, `missing`, `me`."""
        told: Thing = await request.json()
        if features := told.pop("connect", None):
            double.account["available"] = True
            double.connect(*features)
        double.account |= told.pop("account", {})
        me().update(told.pop("me", {}))
        for name in ("sync", "ways", "outcome", "missing"):
            if name in told:
                setattr(double, name, told.pop(name))
        return told

    @app.get("/double/google")
    async def seen() -> Thing:
        return {"asked": double.asked, "read_again": double.read_again, "calendars": double.calendars}
