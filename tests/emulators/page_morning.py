"""What happens unasked, for the page's double: the briefing with its sound, the digest, suggestions, news, pushes, jobs."""

import asyncio
import json
import math
import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from integrations.speech.sound import to_wav
from tests.emulators.page_day import Thing, at, change, on

SECONDS = 24.0
"""How long the briefing sounds."""
RATE = 8000


def briefing() -> Thing:
    told = [
        ("event", "standup-0", "At nine: Stand-up."),
        ("event", "dentist", "At ten: Dentist, 12 Harley Street."),
        ("conflict", "dentist", "Dentist and Budget review overlap by half an hour."),
        ("event", "lunch", "At half past twelve: Lunch with Sam, Corner café."),
        ("task", "report", "Send the quarterly report is two days overdue."),
        ("mail", "m1", "Sarah Okafor asks you to look at clause 4 before noon tomorrow."),
        ("suggestion", "s1", "You are free tomorrow from one to three, enough for the slides."),
        ("trouble", None, "I could not look at the weather."),
    ]
    items, words = [], 0
    for number, (kind, source, text) in enumerate(told):
        items.append({"id": f"b{number}", "kind": kind, "text": text, "source": source, "begins": words})
        words += len(text.split())
    return {
        "id": "today",
        "date": on(0),
        "text": " ".join(text for _, _, text in told),
        "items": items,
        "cursor": 0,
        "audio": "ready",
        "written_at": at(0, "07:30"),
        "fresh": [],
    }


def digest() -> Thing:
    sarah = {"id": "m1", "from": "Sarah Okafor <sarah@example.com>", "subject": "Contract: two open points"}
    dana = {"id": "m2", "from": "Dana Lee <dana@example.com>", "subject": "Budget review moved?"}
    old = {"id": "m7", "from": "Lee Park <lee@example.com>", "subject": "The flat in York"}
    asks = [
        ("d1", "Look at clause 4 of the contract", on(1), "Could you look at clause 4 before noon tomorrow?", sarah),
        ("d2", "Say whether eleven works for Dana", None, "I have a clash at half past ten. Could we do eleven?", dana),
    ]
    return {
        "id": "digest",
        "date": on(0),
        "say": "Three mails matter, and two of them ask something of you.",
        "mails": [
            sarah | {"why": "You write to her often, and she asks by tomorrow."},
            dana | {"why": "About a meeting of today."},
            old | {"why": "You answered in this thread."},
        ],
        "items": [
            {"id": name, "text": text, "due": due, "quote": quote, "mail": mail, "state": "proposed", "task_id": None}
            for name, text, due, quote, mail in asks
        ],
        "unread": 9,
        "written_at": at(0, "08:00"),
    }


def notifications() -> list[Thing]:
    rows = [
        ("n3", "suggestion", "You are free tomorrow from one to three. Work on the slides?", "/#suggestions", 5, False),
        ("n2", "digest", "Three mails matter, and two of them ask something of you.", "/#digest", 40, False),
        ("n1", "briefing", "Your briefing is ready.", "/#briefing", 70, True),
    ]
    now = datetime.now(UTC)
    return [
        {
            "id": name,
            "about": about,
            "say": say,
            "link": link,
            "at": (now - timedelta(minutes=ago)).isoformat(),
            "read": read,
        }
        for name, about, say, link, ago, read in rows
    ]


def jobs() -> list[Thing]:
    def one(job: str, state: str, **more: Any) -> Thing:
        plain: Thing = {"job": job, "state": state, "slot": on(0), "due": at(0, "08:00"), "at": at(0, "08:00")}
        return plain | {"attempts": 1, "say": None, "next": at(1, "08:00")} | more

    return [
        one("briefing.write", "done", at=at(0, "07:30"), next=at(1, "07:30")),
        one("email.digest", "done", say="9 unread, 3 matter, 2 ask something."),
        one("suggestions.make", "running", at=at(0, "08:05"), next=None),
        one("memory.fold", "parked", attempts=5, say="The model gave no answer that could be read.", next=None),
        one("upkeep", "waiting", at=None, due=at(1, "03:10"), next=None),
    ]


def sound() -> bytes:
    """A quiet tone as long as the briefing."""
    samples = [int(4000 * math.sin(2 * math.pi * 300 * n / RATE)) for n in range(int(SECONDS * RATE))]
    return to_wav(struct.pack(f"<{len(samples)}h", *samples), RATE)


class Morning:
    """What is held of it, and how a test bends it."""

    def __init__(self) -> None:
        self.briefing: Thing | None = None
        self.digest: Thing | None = None
        self.notifications: list[Thing] = []
        self.jobs: list[Thing] = []
        self.feed: str | None = None
        self.pushes: list[Thing] = []
        self.asked: list[str] = []
        self.pages: set[asyncio.Queue[tuple[str, Thing] | None]] = set()
        self.news: list[tuple[str, Thing]] = []
        self.sound = b""
        self.silent = False

    def load(self) -> None:
        self.briefing, self.digest = briefing(), digest()
        self.notifications, self.jobs = notifications(), jobs()

    def tell(self, kind: str, data: Thing) -> None:
        """To every open page, now, and to whoever takes the stream up again."""
        self.news.append((kind, data))
        for page in self.pages:
            page.put_nowait((str(len(self.news)), {"event": kind, "data": data}))


def refused(title: str, status: int) -> JSONResponse:
    return JSONResponse({"title": title, "status": status}, status, None, "application/problem+json")


def morning(app: FastAPI, double: Any) -> None:
    held: Morning = double.morning
    briefing_routes(app, held)
    digest_routes(app, held, double)
    suggestion_routes(app, held, double)
    news_routes(app, held)
    push_routes(app, held)
    job_routes(app, held)

    @app.post("/v1/reminders/{reminder}/snooze")
    async def snooze(reminder: str, request: Request) -> Thing:
        found: Thing = next(one for one in double.day["reminders"] if one["id"] == reminder)
        found["due"] = (datetime.now(UTC) + timedelta(minutes=(await request.json())["minutes"])).isoformat()
        return found

    @app.post("/double/morning")
    async def bend(request: Request) -> Thing:
        """`{part: {...}}` changes a part of it; `{part: null}` takes it away."""
        for part, told in (await request.json()).items():
            kept = getattr(held, part)
            setattr(held, part, kept | told if isinstance(kept, dict) and isinstance(told, dict) else told)
        return {}

    @app.post("/double/tell")
    async def tell(request: Request) -> Thing:
        said = await request.json()
        if said["event"] == "notification":
            rest = [one for one in held.notifications if one["id"] != said["data"]["id"]]
            held.notifications = [said["data"], *rest]
        held.tell(said["event"], said["data"])
        return {}

    @app.post("/double/hang-up")
    async def hang_up() -> Thing:
        for page in list(held.pages):
            page.put_nowait(None)
        return {}

    @app.get("/double/morning")
    async def saw() -> Thing:
        return {
            "briefing": held.briefing,
            "digest": held.digest,
            "notifications": held.notifications,
            "pushes": held.pushes,
            "asked": held.asked,
            "listening": len(held.pages),
        }


def briefing_routes(app: FastAPI, held: Morning) -> None:
    none = refused("No briefing is written yet.", 404)

    @app.get("/v1/briefing/today")
    async def today() -> Any:
        return held.briefing or none

    @app.post("/v1/briefing")
    async def write() -> Any:
        held.briefing = held.briefing or briefing()
        return held.briefing

    @app.patch("/v1/briefing/today")
    async def listened(request: Request) -> Any:
        if held.briefing is None:
            return none
        held.briefing |= await request.json()
        return held.briefing

    @app.get("/v1/briefing/today/audio")
    async def audio(request: Request) -> Response:
        if held.briefing is None:
            return none
        if held.briefing["audio"] == "pending":
            return Response(status_code=202, headers={"retry-after": "1"})
        held.sound = held.sound or sound()
        first, _, last = request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")
        start, end = int(first or 0), min(int(last or len(held.sound) - 1), len(held.sound) - 1)
        where = {"content-range": f"bytes {start}-{end}/{len(held.sound)}", "accept-ranges": "bytes"}
        return Response(held.sound[start : end + 1], 206, where, "audio/wav")

    @app.get("/v1/briefing/feed")
    async def feed() -> Thing:
        return {"url": held.feed}

    @app.post("/v1/briefing/feed")
    async def make_feed(request: Request) -> Thing:
        held.feed = f"{request.base_url}v1/briefing/feeds/{'b3Jz' if held.feed else 'a9Qk'}x7Wm2nVt5Rc8Ld1.xml"
        return {"url": held.feed}

    @app.delete("/v1/briefing/feed")
    async def drop_feed() -> Thing:
        held.feed = None
        return {}


def digest_routes(app: FastAPI, held: Morning, double: Any) -> None:
    @app.get("/v1/email/digest")
    async def today() -> Any:
        return held.digest or refused("There is no digest of today's mail yet.", 404)

    @app.post("/v1/email/digest")
    async def write() -> Any:
        held.digest = held.digest or digest()
        return held.digest

    @app.get("/v1/email/messages/{message}")
    async def read(message: str) -> Thing:
        return {
            "id": message,
            "from": "Lee Park <lee@example.com>",
            "to": ["me@example.com"],
            "subject": "The flat in York",
            "snippet": "The keys are with the neighbour.",
            "body": "The keys are with the neighbour.\n\nLee",
            "at": at(-1, "18:20"),
            "unread": False,
            "important": True,
            "pending": False,
        }

    @app.post("/v1/email/digest/items/{item}/{verdict}")
    async def decide(item: str, verdict: str) -> Any:
        assert held.digest is not None
        found: Thing = next(one for one in held.digest["items"] if one["id"] == item)
        if verdict == "dismiss":
            found["state"] = "dismissed"
            return found
        if not found["task_id"]:
            task = {"id": f"task-{item}", "title": found["text"], "due": found["due"], "notes": found["quote"]}
            double.day["tasks"].append(task | {"list": "Tasks", "done": False, "pending": False})
            added = change(f"change-{item}", "add_task", f"Added “{found['text']}”", 0, receipt={"id": task["id"]})
            double.day["changes"].insert(0, added)
            found |= {"state": "accepted", "task_id": task["id"]}
        return found


def taken_back(double: Any, change_id: str) -> None:
    """The task that came of a mail is gone, and what the mail asks for is open again."""
    for item in (double.morning.digest or {"items": []})["items"]:
        if change_id == f"change-{item['id']}":
            double.day["tasks"] = [task for task in double.day["tasks"] if task["id"] != item["task_id"]]
            item |= {"state": "proposed", "task_id": None}


def suggestion_routes(app: FastAPI, held: Morning, double: Any) -> None:
    @app.post("/v1/suggestions/{suggestion}/{verdict}")
    async def decide(suggestion: str, verdict: str) -> Any:
        found: Thing = next(one for one in double.day["suggestions"] if one["id"] == suggestion)
        double.day["suggestions"] = [one for one in double.day["suggestions"] if one is not found]
        held.asked.append(f"{verdict} {suggestion}")
        if verdict == "dismiss":
            return found | {"state": "dismissed"}
        put = change("taken", "add_event", "Put “Slides for Thursday” on your calendar, tomorrow 13:00", 0)
        double.day["changes"].insert(0, put)
        return {"suggestion": found | {"state": "accepted"}, "change": put}


def news_routes(app: FastAPI, held: Morning) -> None:
    @app.get("/v1/notifications")
    async def listen(request: Request) -> Any:
        if "text/event-stream" not in request.headers.get("accept", ""):
            return {"items": held.notifications, "next": None}
        if held.silent:
            return refused("Not now.", 503)
        last = request.headers.get("last-event-id")
        held.asked.append(f"listen after {last or 'nothing'}")
        page: asyncio.Queue[tuple[str, Thing] | None] = asyncio.Queue()
        if last:
            for number, (kind, data) in enumerate(held.news[int(last) :], int(last) + 1):
                page.put_nowait((str(number), {"event": kind, "data": data}))
        held.pages.add(page)

        async def stream() -> AsyncIterator[str]:
            try:
                yield ": here\n\n"
                while (piece := await page.get()) is not None:
                    number, told = piece
                    yield f"id: {number}\nevent: {told['event']}\ndata: {json.dumps(told['data'])}\n\n"
            finally:
                held.pages.discard(page)

        return StreamingResponse(stream(), media_type="text/event-stream")

    @app.post("/v1/notifications/read")
    async def read_all() -> Thing:
        held.notifications = [one | {"read": True} for one in held.notifications]
        return {}

    @app.post("/v1/notifications/{notification}/read")
    async def read(notification: str) -> Thing:
        held.notifications = [one | {"read": one["read"] or one["id"] == notification} for one in held.notifications]
        return {}


def push_routes(app: FastAPI, held: Morning) -> None:
    @app.get("/v1/notifications/push")
    async def offer() -> Thing:
        return {"key": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM", "subscribed": len(held.pushes)}  # fmt: skip

    @app.put("/v1/notifications/push")
    async def subscribe(request: Request) -> Thing:
        held.pushes.append(await request.json())
        return {}

    @app.delete("/v1/notifications/push")
    async def unsubscribe(request: Request) -> Thing:
        gone = (await request.json())["endpoint"]
        held.pushes = [one for one in held.pushes if one["endpoint"] != gone]
        return {}


def job_routes(app: FastAPI, held: Morning) -> None:
    @app.get("/v1/jobs")
    async def listed() -> Thing:
        return {"items": held.jobs, "next": None}

    @app.post("/v1/jobs/{job}")
    async def ask(job: str) -> Thing:
        held.asked.append(job)
        for one in held.jobs:
            if one["job"] == job:
                one |= {"state": "running", "say": None, "at": datetime.now(UTC).isoformat()}
        return {}
