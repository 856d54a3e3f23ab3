"""What people keep with Google: whose keepers a person has, and the copies that have to be looked after."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

from agent.ages import Age, ages
from agent.context import Keepers
from agent.copies import CalendarCopy, MailCopy, TasksCopy
from integrations.calendar.google import GoogleCalendar
from integrations.calendar.local import LocalCalendar
from integrations.calendar.mirror import MirrorCalendar
from integrations.clock import Clock
from integrations.email.gmail import Gmail
from integrations.email.google import GoogleMail
from integrations.email.local import LocalMail
from integrations.email.mirror import MirrorMail
from integrations.errors import ChronusError
from integrations.google.allowance import Allowance
from integrations.google.client import GoogleApi
from integrations.google.connection import Google
from integrations.google.scopes import features_of
from integrations.settings import Settings
from integrations.store.database import Database, Session, may_write, only_while
from integrations.store.google_accounts import GoogleAccount, GoogleAccounts, accounts_of, still
from integrations.store.intents import Intents
from integrations.store.mirrors import Mirrors
from integrations.store.people import People, Person
from integrations.store.tables import new_id
from integrations.tasks.google import GoogleTasks
from integrations.tasks.local import LocalTasks
from integrations.tasks.mirror import MirrorTasks

log = logging.getLogger(__name__)

THREADS = 16
"""Calls to Google under way at once in a process; a hanging one keeps its thread for ten seconds."""
PERSON, JOB = 2, 5
"""Tries at what may be asked again."""


class Outside:
    """Google for everybody here: what isn't connected, or wasn't granted, is kept here."""

    def __init__(self, settings: Settings, database: Database, google: Google, clock: Clock) -> None:
        self._settings, self._database, self._google, self._clock = settings.google, database, google, clock
        self._public_url = str(settings.public_url) if settings.public_url else None
        self._threads = ThreadPoolExecutor(THREADS, "google")
        self._allowances: dict[str, Allowance] = {}
        """What each person may still ask of Gmail within a minute."""

    def here(self, session: Session, person: Person, zone: ZoneInfo) -> Keepers:
        """What everybody has."""
        return Keepers(
            calendar=LocalCalendar(session, person.id, zone, self._clock),
            tasks=LocalTasks(session, person.id, zone, self._clock),
            mail=LocalMail(session, person.id, zone, self._clock),
        )

    async def keepers(
        self, session: Session, person: Person, zone: ZoneInfo, key: str, *, here: Keepers, about: Mapping[str, Any]
    ) -> Keepers:
        """As things stand in this transaction. `about` is what the ledger would tell of it: thread, turn, words."""
        account = await self._account(session, person.id)
        if account is None:
            return here
        if may_write(session):  # what comes back from Google isn't kept for an account that has gone meanwhile
            only_while(session, still(account))
        granted = features_of(account.scopes.split())
        calendar, tasks, mail = here.calendar, here.tasks, here.mail
        if "calendar" in granted:
            there = self._calendar(account, zone, key)
            calendar = MirrorCalendar(session, person.id, there, self._clock, key, about=about)
        if "tasks" in granted:
            tasks = MirrorTasks(session, person.id, self._tasks(account), self._clock, key, about=about)
        if "mail_read" in granted:
            google = GoogleMail(self._gmail(account), zone, self._clock, key, name=person.name)
            mail = MirrorMail(session, person.id, google, self._clock, key)
        return Keepers(calendar=calendar, tasks=tasks, mail=mail)

    async def _account(self, session: Session, person_id: str) -> GoogleAccount | None:
        """The person's, unless they have left it; one that has to be connected again is still read from its copy."""
        if not self._google.available:
            return None
        account = await GoogleAccounts(session, self._google.ring).of(person_id)
        return account if account and account.state != "left" else None

    def _calendar(self, account: GoogleAccount, zone: ZoneInfo, key: str, tries: int = PERSON) -> GoogleCalendar:
        api = self._api("calendar", "v3", account.person_id, self._settings.calendar_endpoint, tries)
        return GoogleCalendar(api, zone, self._clock, key)

    def _gmail(self, account: GoogleAccount, tries: int = PERSON) -> Gmail:
        api = self._api("gmail", "v1", account.person_id, self._settings.gmail_endpoint, tries)
        spend = self._allowances.setdefault(account.person_id, Allowance()).note
        return Gmail(api, address=account.email, scopes=frozenset(account.scopes.split()), spend=spend)

    def _tasks(self, account: GoogleAccount, tries: int = PERSON) -> GoogleTasks:
        return GoogleTasks(self._api("tasks", "v1", account.person_id, self._settings.tasks_endpoint, tries))

    def _api(self, name: str, version: str, person_id: str, endpoint: str | None, tries: int) -> GoogleApi:
        tokens = self._google.tokens(person_id)
        return GoogleApi(name, version, tokens, threads=self._threads, endpoint=endpoint, tries=tries)

    async def people(self) -> Sequence[str]:
        """Everyone whose account is connected."""
        if not self._google.available:
            return []
        async with self._database.look() as session:
            accounts = await accounts_of(session)
        return [account.person_id for account in accounts if account.state == "connected"]

    async def copies(self, person_id: str) -> Sequence[CalendarCopy | TasksCopy | MailCopy]:
        """Those of one person."""
        async with self._database.look() as session:
            account = await self._account(session, person_id)
            if account is None or account.state != "connected":
                return []
            person = await People(session).get(person_id)
        granted, zone = features_of(account.scopes.split()), ZoneInfo(person.zone)
        database = self._database.while_so(still(account))  # a reading may outlive the account, in another process too
        common: dict[str, Any] = {"database": database, "person": person, "clock": self._clock}
        found: list[CalendarCopy | TasksCopy | MailCopy] = []
        if "calendar" in granted:
            google = self._calendar(account, zone, new_id(), JOB)
            found.append(CalendarCopy(google=google, public_url=self._public_url, **common))
        if "tasks" in granted:
            found.append(TasksCopy(google=self._tasks(account, JOB), **common))
        if "mail_read" in granted:
            gmail = self._gmail(account, JOB)
            sparing = gmail.sparing(self._allowances[person_id].wait)  # the person's own questions come first
            found.append(MailCopy(gmail=sparing, settings=self._settings, **common))
        return found

    async def end(self, person_id: str) -> None:
        """Before an account goes: Google rings no more. What it doesn't let us stop ends by itself."""
        for copy in await self.copies(person_id):
            try:
                await copy.end()
            except ChronusError as error:
                log.info("ringing for %s couldn't be ended: %s", copy.kind, error.code)

    async def ages(self, person_id: str) -> list[Age]:
        """How each copy stands; none without an account."""
        account = await self._google.account(person_id)
        if account is None:
            return []
        async with self._database.look() as session:
            mirrors = await Mirrors(session, person_id).all()
            waiting = await Intents(session, person_id).open()
        return ages(mirrors, waiting, self._clock(), reconnect=account.reconnect)

    def close(self) -> None:
        """Nobody is asked any more; calls under way are not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
