"""Whose account it becomes: the person who has it already, the one who is signed in, the owner at first, or someone new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.errors import Conflict, Denied
from integrations.google.identity import Identity, admits
from integrations.store.google_accounts import GoogleAccounts, Grant
from integrations.store.notices import GOOGLE_ACCOUNT, Notices
from integrations.store.people import People, Person
from integrations.store.ring import Ring
from integrations.store.sessions import SignIns


class NotInvited(Denied):
    """The operator has named who may sign in, and this isn't one of them."""

    code, say = "not_invited", "This Chronus is for other people. Ask whoever runs it to let you in."


class OtherAccount(Conflict):
    """The person has another Google account connected."""

    code = "other_account"


class OtherPerson(Conflict):
    """The Google account belongs to another person here."""

    code, say = "other_person", "That Google account belongs to someone else here."


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How this Chronus takes people in.

    `owner`: who becomes the owner: the first to come where nobody has ever signed in (`new`), or, on the owner's own
    machine, whoever comes while the owner has no account yet (`free`).
    """

    people: Sequence[str]
    owner: Literal["new", "free", "no"]
    zone: str


async def link(
    session: AsyncSession, ring: Ring, *, identity: Identity, grant: Grant, person_id: str | None, rules: Rules, now: datetime
) -> Person:  # fmt: skip
    """Keep the grant for the person it belongs to. `person_id`: who is signed in; None: this is the sign-in.

    Raises `NotInvited`, `OtherAccount`, `OtherPerson` and `NotFound`.
    """
    accounts, people = GoogleAccounts(session, ring), People(session)
    known = await accounts.by_sub(identity.sub)
    if person_id is None:
        if not admits(rules.people, identity):
            raise NotInvited
        person = await (people.get(known.person_id) if known else _welcome(session, accounts, rules, now))
    else:
        if known and known.person_id != person_id:
            raise OtherPerson
        mine = await accounts.of(person_id)
        if mine and mine.state != "left" and mine.sub != identity.sub:
            raise OtherAccount(f"You are connected as {mine.email}. Disconnect that account first.")
        person = await people.get(person_id)
    await accounts.connect(person.id, sub=identity.sub, email=identity.email, grant=grant, now=now)
    await Notices(session, person.id).settle(GOOGLE_ACCOUNT, now)
    person.name = person.name or identity.name
    person.email = person.email or identity.email or None
    await session.flush()
    return person


async def _welcome(session: AsyncSession, accounts: GoogleAccounts, rules: Rules, now: datetime) -> Person:
    """The owner, if the rules say so; else someone new."""
    people = People(session)
    if rules.owner != "no":
        owner = await people.owner(rules.zone, now)
        came = rules.owner == "new" and (owner.email or await SignIns(session).ever(owner.id))
        if not came and await accounts.of(owner.id) is None:
            return owner
    return await people.add(zone=rules.zone, now=now)
