"""Version 1 of the HTTP contract: its table of contents."""

from fastapi import APIRouter

from voice.api import auth, calendar, changes, chat, demo, email, me, memory, ops, suggestions, tasks, voice

v1 = APIRouter(prefix="/v1")
for part in (auth, chat, voice, calendar, tasks, email, memory, changes, suggestions, me, demo):
    v1.include_router(part.router)

health = ops.router
