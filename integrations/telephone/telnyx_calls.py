"""Ringing somebody by Telnyx, through a TeXML application."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from integrations.errors import Unavailable
from integrations.telephone import Placed
from integrations.telephone.forms import by_machine, course, seconds
from integrations.telephone.refusals import PATIENCE, RINGS_FOR, asked, body
from integrations.trust import trusted

NAME = "Telnyx"


class TelnyxCalls:
    """One account, its application and its number."""

    settles = 60.0  # its list is "eventually consistent"

    def __init__(self, account: str, key: str, application: str, number: str, base_url: str | None = None) -> None:
        self.number = number
        self._application = application
        self._calls = f"{(base_url or 'https://api.telnyx.com').rstrip('/')}/v2/texml/Accounts/{account}/Calls"
        self._headers = {"Authorization": f"Bearer {key}"}

    async def ring(self, number: str, *, answered: str, status: str, machines: bool) -> str:
        """As with Twilio, whose words TeXML speaks."""
        wanted = {
            "ApplicationSid": self._application, "To": number, "From": self.number, "Url": answered, "UrlMethod": "POST",
            "StatusCallback": status, "StatusCallbackMethod": "POST", "Timeout": RINGS_FOR,
            "StatusCallbackEvent": "ringing answered completed",
        }  # fmt: skip
        if machines:
            wanted |= {"MachineDetection": "DetectMessageEnd", "AsyncAmd": False}
        told = _body(await self._asked("POST", "", json=wanted))
        return _named(told)

    async def since(self, number: str, moment: datetime) -> Sequence[Placed]:
        """By the day, as Telnyx looks for them, then by the second."""
        looked = {"To": number, "From": self.number, "StartTime>": moment.strftime("%Y-%m-%d"), "PageSize": 100}
        calls = _body(await self._asked("GET", "", params=looked)).get("calls", [])
        return [_placed(call) for call in calls if _begun(call, moment)]

    async def look(self, call_id: str) -> Placed | None:
        """None where there is no such call."""
        answer = await self._asked("GET", f"/{call_id}")
        return None if answer.status_code == 404 else _placed(_body(answer))

    async def hang_up(self, call_id: str) -> None:
        """Whether it rings or is under way."""
        await self._asked("POST", f"/{call_id}", json={"Status": "completed"})

    async def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        async with httpx.AsyncClient(
            verify=trusted(), headers=self._headers, timeout=PATIENCE, follow_redirects=False
        ) as client:
            return await asked(client, NAME, method, self._calls + path, **more)


def _body(answer: httpx.Response) -> Mapping[str, Any]:
    told = body(NAME, answer)
    inner: Mapping[str, Any] = told.get("data", told)
    return inner


def _named(told: Mapping[str, Any]) -> str:
    if name := told.get("sid") or told.get("call_sid") or told.get("call_control_id"):
        return str(name)
    raise Unavailable(f"{NAME} didn't say which call that is.")  # then `since` knows


def _begun(call: Mapping[str, Any], moment: datetime) -> bool:
    """Whether it was begun then or later; one that doesn't say so may have been."""
    told = call.get("date_created") or call.get("start_time")
    try:
        at = parsedate_to_datetime(str(told)) if told else None
    except ValueError:
        try:
            at = datetime.fromisoformat(str(told))
        except ValueError:
            at = None
    return at is None or at.tzinfo is None or at >= moment


def _placed(call: Mapping[str, Any]) -> Placed:
    machine = by_machine(call.get("answered_by"))
    return Placed(
        call_id=_named(call), course=course(str(call.get("status", ""))), machine=machine,
        seconds=seconds(call.get("duration")),
    )  # fmt: skip
