"""Version 1 of the HTTP contract: its table of contents."""

from fastapi import APIRouter

from voice.api import (
    auth,
    briefing,
    calendar,
    calendar_push,
    changes,
    chat,
    demo,
    digest,
    email,
    google,
    jobs,
    mail_push,
    me,
    memory,
    my_phone,
    notifications,
    ops,
    phone,
    phone_calls,
    phone_messages,
    suggestions,
    sync,
    tasks,
    voice,
)

v1 = APIRouter(prefix="/v1")
for part in (
    auth, google, calendar_push, mail_push, chat, voice, calendar, tasks, digest, email, memory, changes, briefing, suggestions, notifications, sync, jobs, me, my_phone, phone_calls, phone_messages, phone, demo,
):  # fmt: skip
    v1.include_router(part.router)

everything = APIRouter()
"""Included once: what FastAPI works out of it is worked out once a process, however many apps there are."""
everything.include_router(v1)
everything.include_router(ops.router)
