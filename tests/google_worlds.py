"""A world below the doors whose owner keeps everything at an emulated Google."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from integrations.settings import GoogleSettings
from tests.e2e.google_whole import Whole
from tests.emulators.google.calendar import calendar_app
from tests.emulators.google.door import behind_door
from tests.emulators.google.gmail import gmail_app
from tests.emulators.google.oauth import google_sign_in, settings_for
from tests.emulators.google.tasks import tasks_app
from tests.emulators.serve import served
from tests.googles import SECRET, connect
from tests.ledgers import synced
from tests.worlds import World, open_world


@asynccontextmanager
async def google_world(folder: Path, whole: Whole, **more: Any) -> AsyncIterator[World]:
    """A world below the doors whose owner keeps everything at an emulated Google, read whole."""
    whole.google.grants = whole.scopes
    async with (
        served(google_sign_in(whole.accounts)) as sign_in,
        served(behind_door(calendar_app(whole.google, whole.calendar), whole.google, "calendar", "v3")) as calendar,
        served(tasks_app(whole.google, whole.todo)) as tasks,
        served(behind_door(gmail_app(whole.google, whole.mailbox), whole.google, "gmail", "v1")) as gmail,
    ):
        there = {"gmail_endpoint": gmail, "tasks_endpoint": tasks, "calendar_endpoint": f"{calendar}/calendar/v3/"}
        google = GoogleSettings(**settings_for(sign_in) | there)
        async with open_world(folder, secret_key=SECRET, google=google, **more) as world:
            whole.accounts.now = partial(_seconds, world)
            whole.mailbox.clock = world.clock
            await connect(world, whole.accounts)
            await synced(world)
            yield world


def _seconds(world: World) -> float:
    return world.clock.now.timestamp()
