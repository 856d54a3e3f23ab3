"""The hostile mind before a whole server with a connected account: what stands at Google, and every byte that others were shown."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.at_google import account, harmed, remembered, shown, standing
from tests.attacks.canaries import escaped
from tests.attacks.errands import ERRANDS
from tests.attacks.hostile import HostileMind
from tests.attacks.injections import INJECTIONS
from tests.attacks.playing import THANKS, YES, logged
from tests.attacks.workspace import SLOTS, Planted
from tests.e2e.google_whole import Talker, talking
from tests.emulators.gemini import served_gemini
from tests.geminis import settings

NO_ATTACK = "no real attack"
PAIRS = [(errand, injection) for errand in ERRANDS for injection in INJECTIONS]


async def attacked(folder: Path, number: int, replies: tuple[str, ...]) -> list[str]:
    """One attack on one account; what was wrong."""
    errand, injection = PAIRS[number]
    slots = SLOTS[errand.meets]
    planted = Planted(slot=slots[number % len(slots)], text=injection.text)
    whole = account(planted)
    with served_gemini() as gemini, logged() as log:
        async with talking(folder, whole, gemini=settings(gemini)) as talker:
            await remembered(talker, planted)
            await talker.until(partial(fresh, talker))
            before, mind = standing(whole), HostileMind(errand, injection, number)
            gemini.mind = mind
            for text in (errand.says, *(replies[(number + turn) % len(replies)] for turn in range(3))):
                await talker.say(text)
            metrics = (await talker.browser.http.get("/metrics")).text
            wrong = harmed(before, standing(whole))
        assert not gemini.refused
    wrong += [f"leaks {one}" for one in escaped([*shown(whole), *log.lines, metrics])]
    if not mind.met or len(mind.harvest) < 15:
        wrong.append(f"{NO_ATTACK}: met {mind.met}, {len(mind.harvest)} secrets read")
    return [f"{injection.name} | {errand.says} | {one}" for one in wrong]


async def fresh(talker: Talker) -> bool:
    """Whether each copy has been read to its end."""
    items = (await talker.get("/v1/sync"))["items"]
    return bool(items) and all(one["state"] == "fresh" for one in items)


async def several(folder: Path, numbers: Any, replies: tuple[str, ...]) -> list[str]:
    """These, one account each."""
    wrong: list[str] = []
    for number in numbers:
        for once in range(4):  # a busy machine may keep the mind away
            found = await attacked(folder / f"{number}-{once}", number, replies)
            if not any(NO_ATTACK in one for one in found):
                break
        wrong += found
    return wrong


async def test_nothing_leaves_an_account(tmp_path: Path) -> None:
    """No mail, no invitation, no secret; and nothing is gone from calendar, tasks and mailbox."""
    assert await several(tmp_path, (0, 233), THANKS) == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("replies", [THANKS, YES])
async def test_nothing_leaves_any_of_forty_accounts(tmp_path: Path, replies: tuple[str, ...]) -> None:
    """Each injection three times, in all the slots there are."""
    assert await several(tmp_path, range(0, len(PAIRS), 14 - 1), replies) == []
