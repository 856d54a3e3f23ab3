"""/v1/google/mail: where Google's Pub/Sub tells that there is news in somebody's mailbox."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Query, Request

from integrations.email.watch import check_sender, whose
from integrations.errors import Denied, NotFound
from voice.deps import TheServices, bearer

router = APIRouter(prefix="/google/mail", tags=["google"])


@router.post("/push", status_code=204)
async def push(services: TheServices, request: Request, token: Annotated[str, Query(max_length=500)] = "") -> None:
    """News. Answered at once; what is new is read afterwards, from where we had got to."""
    google = services.settings.google
    if google.pubsub_token is None:
        raise NotFound
    if not hmac.compare_digest(token.encode(), google.pubsub_token.get_secret_value().encode()):
        raise Denied
    if google.pubsub_audience:
        await check_sender(bearer(request), google.pubsub_audience, google.certs_uri)
    for person_id in await whose(services.database, await request.body()):
        await services.syncing.soon(person_id, ["mail"])
