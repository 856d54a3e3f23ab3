"""/health and /metrics: for whoever watches this process."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from agent.services import Services
from integrations.errors import ChronusError, NotFound
from voice.deps import TheFigures, TheLifetime, TheServices
from voice.weights import WeightsInUse, weights_in_use

router = APIRouter(tags=["ops"])

PATIENCE = 3.0
"""Seconds within which a dependency has to answer."""


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"] = "ok"


class Check(BaseModel):
    """One thing this process leans on."""

    state: Literal["ok", "failed", "absent"]
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
async def ready(services: TheServices, lifetime: TheLifetime, response: Response) -> Readiness:
    """Everything that is configured works; else 503, and which of it doesn't."""
    checks = services.checks()
    found = dict(zip(checks, await asyncio.gather(*map(_checked, checks.values())), strict=True))
    found |= _speech(services)
    failing = any(check.state == "failed" for check in found.values())
    status: Any = "leaving" if lifetime.leaving else "failing" if failing else "ready"
    if status != "ready":
        response.status_code = 503
    return Readiness(status=status, checks=found, weights=await weights_in_use(services.settings))


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request, figures: TheFigures) -> Response:
    """Figures for Prometheus; only for this machine and its network."""
    peer = request.client.host if request.client else ""
    if not peer or not ip_address(peer).is_private:
        raise NotFound("There is nothing at this address.")
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


def _speech(services: Services) -> dict[str, Check]:
    """Nobody who hears or speaks is a failure where someone was asked for by name; `auto` does without."""
    chosen = services.settings.speech
    found = {}
    for name, engine, wanted in (
        ("hearing", services.recognizer, chosen.recognizer),
        ("speaking", services.synthesizer, chosen.synthesizer),
    ):
        missing: Literal["failed", "absent"] = "absent" if wanted == "auto" else "failed"
        say = None if engine else "The weights are missing. Run `chronus models fetch`."
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
