"""The way to Google and back: what is asked there, and what becomes of the answer."""

import re
import secrets
from typing import Literal

from fastapi import Request

from agent.services import Services
from integrations.errors import NotConnected
from integrations.google import Feature
from integrations.google.identity import identify
from integrations.google.linking import Rules, link
from integrations.google.oauth import Consent
from integrations.google.scopes import asked_for
from integrations.store.people import Person
from voice.deps import SignedIn, bearer
from voice.security.consent import Flow, Flows
from voice.security.doors import LOOPBACK, Place, its_owners
from voice.security.tokens import hashed

CALLBACK = "/v1/auth/google/callback"
HOME = "/settings"
_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]{0,500}")


async def sent(
    request: Request, services: Services, place: Place, asking: SignedIn | None, features: list[Feature], next: str
) -> tuple[str, str]:
    """Google's address, and what the browser is to hold meanwhile."""
    google = services.google
    if not google.available:
        raise NotConnected("Google isn't set up on this Chronus. Whoever runs it has to add a Google client.")
    account = await google.account(asking.person.id) if asking else None
    binding, verifier, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    flow = Flow(
        verifier=verifier,
        nonce=nonce,
        binding=hashed(binding),
        redirect_uri=_return_address(services, place),
        scopes=list(asked_for(features)),
        next=next if _PATH.fullmatch(next) else HOME,
        person_id=asking.person.id if asking else None,
        family=asking.family if asking else None,
        by_bearer=asking is not None and bearer(request) is not None,
        owners=asking is None and services.settings.environment == "local" and its_owners(request, place),
    )
    consent = Consent(
        redirect_uri=flow.redirect_uri,
        scopes=flow.scopes,
        state=await Flows(services.cache).keep(flow),
        verifier=verifier,
        nonce=nonce,
        again=account is None or not account.connected,
        hint=account.email if account else None,
    )
    return google.oauth.consent_url(consent), binding


async def linked(services: Services, flow: Flow, code: str) -> Person:
    """Trade the code, see whose account it is, keep it for whom it belongs to."""
    google, settings = services.google, services.settings
    exchanged = await google.oauth.exchange(
        code, verifier=flow.verifier, redirect_uri=flow.redirect_uri, asked=flow.scopes
    )
    identity = await identify(google.oauth, exchanged, flow.nonce)
    at_first: Literal["new", "no"] = "new" if settings.environment == "production" else "no"
    rules = Rules(people=settings.google.people, owner="free" if flow.owners else at_first, zone=services.zone.key)
    async with services.database.work() as session:
        return await link(
            session,
            google.ring,
            identity=identity,
            grant=exchanged.grant,
            person_id=flow.person_id,
            rules=rules,
            now=services.clock(),
        )


def _return_address(services: Services, place: Place) -> str:
    """Where Google sends them back: the public address, or the one they use on this machine."""
    public = services.settings.public_url
    if public is None or (services.settings.environment == "local" and place.name in LOOPBACK):
        return f"{place.origin}{CALLBACK}"
    return f"{str(public).rstrip('/')}{CALLBACK}"
