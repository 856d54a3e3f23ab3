"""The page's double: the contract's HTTP and a live line whose every word a test dictates, on a real socket."""

import argparse
import asyncio
import json
import math
import struct
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from pipecat.frames.protobufs import frames_pb2 as generated

from integrations.speech.sound import to_wav
from tests.emulators import page_day
from tests.emulators.page_day import Thing
from tests.emulators.page_google import PUBLIC, GoogleDouble, google
from tests.emulators.page_morning import Morning, morning, taken_back
from tests.emulators.page_phone import Telephone, telephone

# Protobuf's generated classes have no types.
frames_pb2: Any = generated
DIST = Path(__file__).parents[2] / "voice" / "web" / "dist"
SLOWED = ("/v1/me", "/v1/auth/google", "/v1/sync", "/v1/calendar/calendars")
POLICY = (
    "default-src 'self'; script-src 'self' blob:; worker-src 'self' blob:; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self' ws://{host}"
)


class Held:
    """The first answer that comes by waits here until it is let go; the others pass."""

    def __init__(self) -> None:
        self.free = True
        self.let_go = asyncio.Event()

    async def here(self) -> None:
        first, self.free = self.free, False
        if first:
            await self.let_go.wait()


class Double:
    """What the double holds, and how a test bends it."""

    def __init__(self) -> None:
        self.day: dict[str, list[Thing]] = {
            name: []
            for name in ("events", "tasks", "reminders", "mail", "approvals", "changes", "memory", "suggestions")
        }
        self.me = page_day.me()
        self.turns: list[Thing] = []
        self.lines: list[WebSocket] = []
        self.dead: list[WebSocket] = []
        """Lines that are open, and on which nothing comes any more."""
        self.told: list[Thing] = []
        self.refuse: dict[str, Thing] = {}
        self.slow = 0.0
        self.held: dict[str, Held] = {}
        self.google = GoogleDouble()
        self.morning = Morning()
        self.phone = Telephone()

    def load(self) -> None:
        self.day |= {
            "events": page_day.events(),
            "tasks": page_day.tasks(),
            "reminders": page_day.reminders(),
            "mail": page_day.mail(),
            "changes": page_day.changes(),
            "memory": page_day.memories(),
            "suggestions": page_day.suggestions(),
        }
        self.morning.load()

    def answer(self, text: str) -> tuple[str, list[Thing], Thing | None]:
        """Three scripted minds: one that reads, one that writes, one that must ask first."""
        if "milk" in text:
            receipt: Thing = {"id": "t9", "title": "Milk"}
            done = act("add_task", "private", {"title": "Milk", "list": "Shopping"}, receipt) | {"change_id": "c9"}
            self.day["changes"].insert(
                0, page_day.change("c9", "add_task", "Added “Milk” to Shopping", 0, receipt=receipt)
            )
            return "Milk is on your shopping list.", [done], None
        if "reply" in text or "send" in text:
            asked = page_day.pending()
            self.day["approvals"] = [asked]
            call = act("send_email", "outbound", asked["arguments"], None, ok=False, error="needs_approval")
            return "I have written it. Shall I send this to Dana?", [call], asked
        seen = act("list_events", "read", {"day": "tomorrow"}, {"count": 3})
        return "Three things tomorrow. Stand-up at nine, planning at eleven, and physio at four.", [seen], None


def act(
    tool: str, effect: str, arguments: Thing, receipt: Thing | None, ok: bool = True, error: str | None = None
) -> Thing:
    return {
        "tool": tool,
        "effect": effect,
        "arguments": arguments,
        "ok": ok,
        "error": error,
        "receipt": receipt,
        "ms": 3,
    }


def create_double() -> FastAPI:
    app = FastAPI()
    double = Double()

    @app.middleware("http")
    async def policy(request: Request, call_next: Any) -> Response:
        for path, problem in double.refuse.items():
            if request.url.path.startswith(path) or f"{request.method} {request.url.path}" == path:
                headers = {"retry-after": "20"} if problem["status"] == 429 else {}
                return JSONResponse(problem, problem["status"], headers, "application/problem+json")
        path = request.url.path
        signed = "access" in request.cookies or not path.startswith("/v1/") or path in PUBLIC
        if not signed:
            return JSONResponse({"title": "Sign in first.", "status": 401}, 401, None, "application/problem+json")
        if path.startswith(SLOWED):
            await asyncio.sleep(double.slow)
        response: Response = await call_next(request)
        if request.method == "GET" and path in double.held:
            await double.held[path].here()
        response.headers["content-security-policy"] = POLICY.format(host=request.headers["host"])
        return response

    account(app, double)
    google(app, double.google, lambda: double.me)
    morning(app, double)
    telephone(app, double.phone)
    things(app, double)
    conversation(app, double)
    live_line(app, double)
    dictation(app, double)
    pages(app)
    return app


def account(app: FastAPI, double: Double) -> None:
    @app.post("/v1/auth/local")
    @app.post("/v1/auth/refresh")
    async def sign_in(response: Response) -> Thing:
        response.set_cookie("access", "yes", httponly=True, samesite="lax")
        return {"access_token": "a", "refresh_token": "r", "token_type": "bearer", "expires_in": 900}

    @app.post("/v1/auth/logout")
    async def sign_out(response: Response) -> Thing:
        response.delete_cookie("access")
        double.refuse |= {"/v1/auth/refresh": {"title": "Sign in first.", "status": 401}}
        return {}

    @app.get("/v1/me")
    async def me() -> Thing:
        return double.me | {"google": double.google.account}

    @app.patch("/v1/me")
    async def change_me(request: Request) -> Thing:
        double.me |= await request.json()
        return double.me

    @app.delete("/v1/me", status_code=204)
    async def leave(response: Response) -> None:
        response.delete_cookie("access")
        double.told.append({"type": "left", "data": None})
        gone = {"title": "Everything about you is deleted.", "status": 401}
        double.refuse |= {"/v1/auth/refresh": gone, "/v1/auth/local": gone}

    @app.get("/v1/voice/voices")
    async def voices() -> Thing:
        return {"items": page_day.voices(), "next": None}

    @app.get("/v1/voice/voices/{voice}/sample")
    async def sample(voice: str, speed: float) -> Response:
        double.told.append({"type": "sample", "data": {"t": f"{voice} {speed}"}})
        samples = tone_samples(1.5)
        return Response(to_wav(struct.pack(f"<{len(samples)}h", *samples), 24_000), media_type="audio/wav")

    @app.post("/v1/demo")
    async def demo() -> Thing:
        double.load()
        return {}

    @app.get("/health/ready")
    @app.get("/health")
    async def health() -> Thing:
        return {"status": "ok"}


def things(app: FastAPI, double: Double) -> None:
    names = {
        "/v1/calendar/events": "events",
        "/v1/tasks": "tasks",
        "/v1/reminders": "reminders",
        "/v1/email/messages": "mail",
        "/v1/approvals": "approvals",
        "/v1/changes": "changes",
        "/v1/memory": "memory",
        "/v1/suggestions": "suggestions",
    }

    def listing(name: str) -> Any:
        async def items() -> Thing:
            await asyncio.sleep(double.slow)
            return {"items": double.day[name], "next": None}

        return items

    for path, name in names.items():
        app.get(path)(listing(name))

    def found(name: str, thing_id: str) -> Thing:
        return next(thing for thing in double.day[name] if thing["id"] == thing_id)

    @app.post("/v1/calendar/events")
    async def add_event(request: Request) -> Thing:
        said = await request.json()
        event = page_day.event("added", said["title"], said["starts"], said["ends"])
        double.day["events"].append(event)
        return event

    @app.post("/v1/tasks")
    async def add_task(request: Request) -> Thing:
        task: Thing = {"id": f"t{len(double.day['tasks'])}", "due": None, "notes": None, "list": None, "done": False}
        task |= await request.json()
        double.day["tasks"].append(task)
        return task

    @app.patch("/v1/tasks/{task}")
    async def change_task(task: str, request: Request) -> Thing:
        found("tasks", task).update(await request.json())
        return found("tasks", task)

    @app.post("/v1/reminders")
    async def remind(request: Request) -> Thing:
        reminder: Thing = {"id": f"r{time.monotonic_ns()}"} | await request.json()
        double.day["reminders"].append(reminder)
        return reminder

    @app.delete("/v1/reminders/{reminder}")
    async def drop(reminder: str) -> Thing:
        double.day["reminders"] = [one for one in double.day["reminders"] if one["id"] != reminder]
        return {}

    @app.post("/v1/approvals/{approval}/{verdict}")
    async def decide(approval: str, verdict: str) -> Thing:
        found("approvals", approval)["status"] = "approved" if verdict == "approve" else "declined"
        return found("approvals", approval)

    @app.post("/v1/changes/{change}/undo")
    async def undo(change: str) -> Thing:
        found("changes", change)["undone_at"] = datetime.now(UTC).isoformat()
        taken_back(double, change)
        return found("changes", change)

    @app.post("/v1/memory")
    async def remember(request: Request) -> Thing:
        said = (await request.json())["text"]
        memory: Thing = {
            "id": f"k{len(double.day['memory']) + 1}",
            "text": said,
            "type": "fact",
            "category": "",
            "quote": said,
        }
        memory |= {"origin": "you_said", "at": datetime.now(UTC).isoformat()}
        double.day["memory"].insert(0, memory)
        return memory

    @app.patch("/v1/memory/{memory}")
    async def correct(memory: str, request: Request) -> Thing:
        found("memory", memory).update(await request.json())
        return found("memory", memory)

    @app.delete("/v1/memory/{memory}")
    async def forget(memory: str) -> Thing:
        double.day["memory"] = [one for one in double.day["memory"] if one["id"] != memory]
        return {}


def conversation(app: FastAPI, double: Double) -> None:
    @app.get("/v1/chat")
    async def conversations() -> Thing:
        if not double.turns:
            return {"items": [], "next": None}
        first, last = double.turns[0], double.turns[-1]
        return {
            "items": [{"id": "one", "started": first["at"], "last": last["at"], "title": first["said"]}],
            "next": None,
        }

    @app.get("/v1/chat/{name}")
    async def read(name: str) -> Thing:
        return {"conversation_id": name, "turns": double.turns}

    @app.post("/v1/chat")
    async def chat(request: Request) -> Response:
        text = (await request.json())["text"]
        reply, actions, pending = double.answer(text)
        turn = {"id": f"turn-{len(double.turns)}", "at": datetime.now(UTC).isoformat(), "channel": "text", "said": text}
        # As the real one: the turn stands in its thread before it is answered.
        double.turns.append(turn | {"reply": "", "actions": []})

        async def stream() -> AsyncIterator[str]:
            await asyncio.sleep(double.slow)
            if "answer" in double.held:
                await double.held["answer"].here()
            double.turns[-1] |= {"reply": reply, "actions": actions}
            for action in actions:
                yield sse("tool", action)
            for clause in reply.split(". "):
                yield sse("said", {"text": clause if clause.endswith((".", "?")) else clause + "."})
                await asyncio.sleep(0.02)
            if pending:
                yield sse("approval", pending)
            whole = {
                "conversation_id": "one",
                "turn_id": turn["id"],
                "reply": reply,
                "understood": None,
                "actions": actions,
                "pending": pending,
            }
            yield sse("finished", whole)

        return StreamingResponse(stream(), media_type="text/event-stream")


def sse(event: str, data: Thing) -> str:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"


def rtvi(kind: str, data: Any = None, id: str = "d") -> bytes:
    message = {"label": "rtvi-ai", "id": id, "type": kind, "data": data}
    frame: bytes = frames_pb2.Frame(message=frames_pb2.MessageFrame(data=json.dumps(message))).SerializeToString()
    return frame


def tone_samples(seconds: float, hertz: float = 440.0) -> list[int]:
    """A quiet tone at 24 kHz."""
    return [int(6000 * math.sin(2 * math.pi * hertz * n / 24_000)) for n in range(int(seconds * 24_000))]


def tone(seconds: float, hertz: float = 440.0) -> bytes:
    """A quiet tone as one 24 kHz audio frame."""
    samples = tone_samples(seconds, hertz)
    sound = struct.pack(f"<{len(samples)}h", *samples)
    audio = frames_pb2.AudioRawFrame(audio=sound, sample_rate=24_000, num_channels=1)
    frame: bytes = frames_pb2.Frame(audio=audio).SerializeToString()
    return frame


def live_line(app: FastAPI, double: Double) -> None:
    @app.post("/v1/voice/connect")
    async def connect(request: Request) -> Thing:
        return {"ws_url": f"ws://{request.headers['host']}/v1/voice?ticket=once"}

    @app.websocket("/v1/voice")
    async def line(socket: WebSocket) -> None:
        await socket.accept()
        double.lines.append(socket)
        try:
            while True:
                frame = frames_pb2.Frame.FromString(await socket.receive_bytes())
                if not frame.HasField("message"):
                    continue
                said = json.loads(frame.message.data)
                if said["type"] == "client-message" and said["data"]["t"] == "here":
                    if socket not in double.dead:
                        await socket.send_bytes(rtvi("server-response", {"t": "here", "d": {"here": True}}, said["id"]))
                    continue
                double.told.append(said)
                if said["type"] == "client-ready":
                    await socket.send_bytes(rtvi("bot-ready", {"version": "2.1.0"}))
        except WebSocketDisconnect:
            pass
        finally:
            double.lines.remove(socket)


def dictation(app: FastAPI, double: Double) -> None:
    """What only a test asks of the double."""

    @app.post("/double/line")
    async def dictate(request: Request) -> Thing:
        for step in await request.json():
            for socket in list(double.lines):
                if step["type"] == "tone":
                    await socket.send_bytes(tone(step["seconds"]))
                elif step["type"] == "interruption":
                    await socket.send_bytes(b"\x2a\x00")
                elif step["type"] == "die":
                    double.dead.append(socket)
                elif step["type"] == "drop":
                    await socket.close(1011)
                else:
                    await socket.send_bytes(rtvi(step["type"], step.get("data")))
        return {"lines": len(double.lines)}

    @app.get("/double/told")
    async def told() -> list[Thing]:
        return double.told

    @app.post("/double/approvals")
    async def ask(request: Request) -> Thing:
        double.day["approvals"] = await request.json()
        return {}

    @app.post("/double/refuse")
    async def refuse(request: Request) -> Thing:
        double.refuse = await request.json()
        return {}

    @app.post("/double/slow")
    async def slow(request: Request) -> Thing:
        double.slow = float((await request.json())["seconds"])
        return {}

    @app.post("/double/hold")
    async def hold(request: Request) -> Thing:
        """`[paths]`: what is next read there comes late, as it was when it was asked ("answer": a typed turn's); the rest is let go."""
        kept, before = await request.json(), double.held
        double.held = {path: before.get(path) or Held() for path in kept}
        for path, held in before.items():
            if path not in kept:
                held.let_go.set()
        return {}

    @app.post("/double/said")
    async def said(request: Request) -> Thing:
        """Something was said and answered before."""
        double.turns += await request.json()
        return {}

    @app.post("/double/pending")
    async def pending(request: Request) -> Thing:
        """`{list: [ids]}`: these are not yet at Google; none of the others is."""
        for name, ids in (await request.json()).items():
            for thing in double.day[name]:
                thing["pending"] = thing["id"] in ids
        return {}

    @app.post("/double/approval")
    async def approval() -> Thing:
        double.day["approvals"] = [page_day.pending()]
        return {}


def pages(app: FastAPI) -> None:
    @app.get("/{path:path}")
    async def page(path: str) -> Response:
        file = DIST / path
        return FileResponse(file if path and file.is_file() else DIST / "index.html")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=8765)
    uvicorn.run(create_double(), host="127.0.0.1", port=arguments.parse_args().port, log_level="warning")
