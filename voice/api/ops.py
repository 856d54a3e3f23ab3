"""/health and /metrics: for whoever watches this process."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from agent.services import Services
from integrations.errors import ChronusError, NotFound, Unavailable
from integrations.store.standing import Standing, standing
from voice.deps import TheFigures, TheLifetime, TheServices, Unasked
from voice.telemetry import Figures
from voice.weights import WeightsInUse, weights_in_use

router = APIRouter(tags=["ops"])

SILENT = 60.0
"""Seconds without a look at the clock after which jobs count as not being done."""
PATIENCE = 3.0
"""Seconds within which a dependency has to answer."""


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"] = "ok"


class Check(BaseModel):
    """One thing this process leans on."""

    state: Literal["ok", "failed", "absent", "degraded"]
    """`degraded`: it doesn't work, and something else does its work meanwhile."""
    ms: float
    say: str | None = None


class Readiness(BaseModel):
    """`ready`: everything configured works; `leaving`: about to stop."""

    status: Literal["ready", "failing", "leaving"]
    checks: dict[str, Check]
    weights: list[WeightsInUse]


@router.get("/health")
async def health() -> Health:
    """The process is alive."""
    return Health()


@router.get("/health/ready", responses={503: {"model": Readiness}})
async def ready(services: TheServices, lifetime: TheLifetime, unasked: Unasked, response: Response) -> Readiness:
    """Everything that is configured works; else 503, and which of it doesn't."""
    checks = services.checks()
    found = dict(zip(checks, await asyncio.gather(*map(_checked, checks.values())), strict=True))
    if (mind := found.get("mind")) and mind.state == "failed":
        found["mind"] = mind.model_copy(update={"state": "degraded"})  # the built-in mind answers
    found |= _speech(services)
    if unasked:
        found["jobs"] = await _jobs(services, time.monotonic() - lifetime.began)
    failing = any(check.state == "failed" for check in found.values())
    status: Any = "leaving" if lifetime.leaving else "failing" if failing else "ready"
    if status != "ready":
        response.status_code = 503
    return Readiness(status=status, checks=found, weights=await weights_in_use(services.settings))


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request, figures: TheFigures, services: TheServices) -> Response:
    """Figures for Prometheus; only for this machine and its network."""
    peer = request.client.host if request.client else ""
    if not peer or not ip_address(peer).is_private:
        raise NotFound("There is nothing at this address.")
    with suppress(Unavailable):  # the other figures are still worth telling
        await _count_jobs(services, figures)
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


async def _jobs(services: Services, up: float) -> Check:
    """Somebody looks at the clock; what is parked is told, and is no reason to send people elsewhere.

    A server that looks at it itself is given time to begin: before that, the last look was its predecessor's.
    """
    began, say, failed = time.perf_counter(), None, False
    try:
        stands = await _standing(services)
    except Unavailable as error:
        say, failed = error.say, True
    else:
        silent = (services.clock() - stands.ticked_at).total_seconds() if stands.ticked_at else up
        silent = min(silent, up) if services.settings.celery.broker_url is None else silent
        failed = silent > SILENT
        if failed:
            say = f"Nobody has looked at the clock for {silent:.0f} seconds."
        elif parked := stands.counts["parked"]:
            say = f"{parked} parked: see `chronus jobs`."
    ms = round((time.perf_counter() - began) * 1000, 1)
    return Check(state="failed" if failed else "ok", ms=ms, say=say)


async def _count_jobs(services: Services, figures: Figures) -> None:
    stands = await _standing(services)
    for state, count in stands.counts.items():
        figures.owed.labels(state).set(count)
    figures.late.set(stands.late)
    figures.tries.set(stands.tries)


async def _standing(services: Services) -> Standing:
    async with services.database.look() as session:
        return await standing(session, services.clock())


def _speech(services: Services) -> dict[str, Check]:
    """Nobody who hears or speaks is a failure where someone was asked for by name; `auto` does without."""
    chosen = services.settings.speech
    found = {}
    for name, engine, wanted in (
        ("hearing", services.recognizer, chosen.recognizer),
        ("speaking", services.synthesizer, chosen.synthesizer),
    ):
        missing: Literal["failed", "absent"] = "absent" if wanted == "auto" else "failed"
        say = engine.trouble if engine else "The weights are missing. Run `chronus models fetch`."
        found[name] = Check(state="ok" if engine else missing, ms=0, say=say)
    return found


async def _checked(check: Callable[[], Awaitable[None]]) -> Check:
    began, say = time.perf_counter(), None
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except ChronusError as error:
        say = error.say
    except TimeoutError:
        say = f"It didn't answer within {PATIENCE:.0f} seconds."
    ms = round((time.perf_counter() - began) * 1000, 1)
    return Check(state="failed" if say else "ok", ms=ms, say=say)
