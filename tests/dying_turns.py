"""Turns whose process is killed (-9) where it waits for the n-th time, and what is there once it was started again.

Run as a program: a process that has everything imported forks for each kill, as starting Python anew takes seconds.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from tests.cutting import Places
from tests.once import SCENARIOS, Attempt, entered
from tests.worlds import NOW

ENDED = 7
"""Exit status of a process that nobody had to kill: its turn has fewer places."""


def main() -> None:
    """Reads what is to be killed where from its standard input, and writes a line of JSON for each."""
    asked = json.load(sys.stdin)
    for number, (scenario, at) in enumerate(asked["kills"]):
        attempt = {"settings": asked["settings"], "scenario": scenario, "name": f"{scenario}-{number}-x"}
        prepared = Path(asked["settings"]["data"]) / "prepared.json"
        status = _forked(_dies(attempt, at, prepared, minutes=number * 20))
        _forked(_recovers(attempt, prepared))
        seen = json.loads(prepared.with_suffix(".seen").read_text())
        answer = {"scenario": scenario, "at": at, "killed": status == -signal.SIGKILL, "seen": seen}
        print(json.dumps(answer), flush=True)  # noqa: T201 (it is the answer)


def _forked(work: Coroutine[Any, Any, int]) -> int:
    """Its exit status, or minus the signal that ended it."""
    if (child := os.fork()) == 0:
        status = 1
        try:
            status = asyncio.run(work)
        finally:
            os._exit(status)
    work.close()
    _, ended = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(ended)
    assert code in {0, ENDED, -signal.SIGKILL}, code
    return code


async def _dies(attempt: dict[str, Any], at: int, prepared: Path, *, minutes: float) -> int:
    async with entered(attempt["settings"], minutes=minutes) as (world, mind):
        told = Attempt(world, mind, SCENARIOS[attempt["scenario"]], attempt["name"])
        given = await told.prepare()
        prepared.write_text(json.dumps({"given": given, "minutes": (world.clock.now - NOW).total_seconds() / 60}))
        await Places(at, lambda: os.kill(os.getpid(), signal.SIGKILL)).through(told.run(given))
    return ENDED


async def _recovers(attempt: dict[str, Any], prepared: Path) -> int:
    scenario, known = SCENARIOS[attempt["scenario"]], json.loads(prepared.read_text())
    later = 0.5 if scenario.asks else 5  # a yes counts for a minute
    async with entered(attempt["settings"], minutes=known["minutes"] + later) as (world, mind):
        told = Attempt(world, mind, scenario, attempt["name"])
        await told.run(known["given"])
        await told.settled()
        seen = await told.seen()
        if await world.services.outside.people():
            await told.at_google()
            if await told.seen() != seen:
                seen.append("Google has something else")
        prepared.with_suffix(".seen").write_text(json.dumps(seen))
    return 0


if __name__ == "__main__":
    main()
