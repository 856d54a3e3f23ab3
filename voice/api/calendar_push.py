"""/v1/google/calendar: where Google rings when a calendar has changed."""

from fastapi import APIRouter, Request

from integrations.calendar.push import heard
from voice.deps import TheServices

router = APIRouter(prefix="/google/calendar", include_in_schema=False)


@router.post("/push", status_code=200)
async def calendar_changed(request: Request, services: TheServices) -> None:
    """A hint that a calendar has changed; what has is asked of Google, not read from here. Its body is not even looked at."""
    person_id = await heard(services.database, request.headers)
    if person_id is not None:
        await services.syncing.soon(person_id, ["calendar"])
