"""Ringing somebody by Plivo."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from integrations.errors import Unavailable
from integrations.telephone import Course, Placed
from integrations.telephone.forms import seconds
from integrations.telephone.refusals import PATIENCE, RINGS_FOR, asked, body
from integrations.trust import trusted

NAME = "Plivo"
_ENDS: dict[str, Course] = {
    "busy": "busy",
    "no answer": "no_answer",
    "rejected": "busy",
    "unknown": "failed",
    "cancelled": "failed",
}
"""How its records name the end of a call that nobody took."""
_UNDER_WAY: dict[str, Course] = {"queued": "ringing", "live": "answered"}


class PlivoCalls:
    """One account and its number."""

    settles = 60.0  # a call stands among its records only when it has ended

    def __init__(self, account: str, token: str, number: str, base_url: str | None = None) -> None:
        self.number = number
        self._calls = f"{(base_url or 'https://api.plivo.com').rstrip('/')}/v1/Account/{account}/Call/"
        self._auth = httpx.BasicAuth(account, token)

    async def ring(self, number: str, *, answered: str, status: str, machines: bool) -> str:
        """With `machines` Plivo listens for five seconds before it asks for markup, and tells it what it heard."""
        wanted: dict[str, Any] = {
            "from": _bare(self.number), "to": _bare(number), "answer_url": answered, "answer_method": "POST",
            "ring_url": status, "ring_method": "POST", "hangup_url": status, "hangup_method": "POST",
            "ring_timeout": RINGS_FOR,
        }  # fmt: skip
        if machines:
            wanted |= {"machine_detection": "true", "machine_detection_time": 5000}
        told = body(NAME, await self._asked("POST", "", json=wanted))
        name = told.get("request_uuid")
        if isinstance(name, list):
            name = name[0] if name else None
        if not name:
            raise Unavailable(f"{NAME} didn't say which call that is.")  # then `since` knows
        return str(name)

    async def since(self, number: str, moment: datetime) -> Sequence[Placed]:
        """Those that have ended by their beginning; those that ring or are under way, whenever they began."""
        looked = {
            "call_direction": "outbound", "to_number": _bare(number), "from_number": _bare(self.number),
            "initiation_time__gte": moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), "limit": 20,
        }  # fmt: skip
        found = [_recorded(one) for one in body(NAME, await self._asked("GET", "", params=looked)).get("objects", [])]
        for status, course in _UNDER_WAY.items():
            live = body(NAME, await self._asked("GET", "", params={"status": status})).get("calls", [])
            calls = {str(one): await self._under_way(str(one), status) for one in live}
            found += [
                Placed(call_id=one, course=course)
                for one, call in calls.items()
                if call and _bare(str(call.get("to", ""))) == _bare(number)
            ]
        return found

    async def look(self, call_id: str) -> Placed | None:
        """Its record, or how it stands; None where there is no such call."""
        answer = await self._asked("GET", f"{call_id}/")
        if answer.status_code != 404:
            return _recorded(body(NAME, answer))
        for status, course in _UNDER_WAY.items():
            if await self._under_way(call_id, status):
                return Placed(call_id=call_id, course=course)
        return None

    async def hang_up(self, call_id: str) -> None:
        """Whether it rings or is under way; one that is over is 404."""
        await self._asked("DELETE", f"{call_id}/")

    async def _under_way(self, call_id: str, status: str) -> Mapping[str, Any] | None:
        answer = await self._asked("GET", f"{call_id}/", params={"status": status})
        return None if answer.status_code == 404 else body(NAME, answer)

    async def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        async with httpx.AsyncClient(
            verify=trusted(), auth=self._auth, timeout=PATIENCE, follow_redirects=False
        ) as client:
            return await asked(client, NAME, method, self._calls + path, **more)


def _bare(number: str) -> str:
    """Plivo leaves the plus out."""
    return number.removeprefix("+")


def _recorded(call: Mapping[str, Any]) -> Placed:
    length = seconds(call.get("call_duration"))
    cause = str(call.get("hangup_cause_name") or "").lower()
    state = str(call.get("call_state") or "").upper()
    course: Course = "ended" if state == "ANSWER" or length else _ENDS.get(cause, "no_answer")
    return Placed(call_id=str(call.get("call_uuid", "")), course=course, seconds=length)
