"""Ringing somebody by Twilio, with its own library, which waits for answers in a thread."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from integrations.errors import ChronusError
from integrations.telephone import Placed
from integrations.telephone.forms import by_machine, course, seconds
from integrations.telephone.refusals import PATIENCE, RINGS_FOR, refusal, unreachable

T = TypeVar("T")
_EVENTS = ["ringing", "answered", "completed"]


class TwilioCalls:
    """One account and its number."""

    settles = 5.0

    def __init__(self, account: str, token: str, number: str, base_url: str | None = None) -> None:
        self.number = number
        self._client = Client(account, token, http_client=TwilioHttpClient(timeout=PATIENCE, max_retries=0))
        if base_url:
            self._client.api.base_url = base_url.rstrip("/")

    async def ring(self, number: str, *, answered: str, status: str, machines: bool) -> str:
        """Twilio asks for markup only once it knows whether a machine has taken the call, and its message has ended."""
        more = {"machine_detection": "DetectMessageEnd"} if machines else {}
        call = await self._asked(
            lambda: self._client.calls.create(
                to=number, from_=self.number, url=answered, method="POST", status_callback=status,
                status_callback_method="POST", status_callback_event=_EVENTS, timeout=RINGS_FOR, **more,
            )
        )  # fmt: skip
        return str(call.sid)

    async def since(self, number: str, moment: datetime) -> Sequence[Placed]:
        """By the day, as Twilio looks for them, then by the second."""
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        calls = await self._asked(
            lambda: self._client.calls.list(to=number, from_=self.number, start_time_after=day, limit=100)
        )
        return [_placed(call) for call in calls if call.start_time is None or call.start_time >= moment]

    async def look(self, call_id: str) -> Placed | None:
        """None where there is no such call."""
        try:
            return _placed(await self._asked(lambda: self._client.calls(call_id).fetch()))
        except _Gone:
            return None

    async def hang_up(self, call_id: str) -> None:
        """Whether it rings or is under way."""
        with suppress(_Gone):
            await self._asked(lambda: self._client.calls(call_id).update(status="completed"))

    async def _asked(self, question: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(question)
        except TwilioRestException as error:
            if error.status == 404:
                raise _Gone from error
            raise refusal("Twilio", error.status) from error
        except (TwilioException, RequestException) as error:
            raise unreachable("Twilio") from error


class _Gone(ChronusError):
    """There is no such call."""


def _placed(call: Any) -> Placed:
    machine = by_machine(call.answered_by)
    return Placed(
        call_id=str(call.sid), course=course(str(call.status)), machine=machine, seconds=seconds(call.duration)
    )
