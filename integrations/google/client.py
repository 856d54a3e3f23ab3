"""Google's APIs for one person, through google-api-python-client."""

import asyncio
import random
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from http.client import HTTPException
from typing import Any

import httplib2
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest

from integrations.errors import NotConnected, Unavailable
from integrations.google import Tokens
from integrations.google.refusals import AWAY, Spent, SwitchedOff, Unsure, refusal
from integrations.google.wire import Http

PATIENCE = 10.0
"""Seconds one call may take."""
PAUSE = 0.3
SHORT, LONG = 1.0, 30.0
"""Seconds a person, or a job, waits for another try."""

Ask = Callable[[Any], HttpRequest]


class GoogleApi:
    """One API, such as calendar v3.

    httplib2 is not thread-safe, so that each call has a connection of its own, in a thread of `threads`.
    `endpoint` is what googleapiclient calls `api_endpoint`: for the calendar with its path, for the others without.
    `tries` is for requests that may be asked again; a person waits for two at most, a job may take five.
    """

    def __init__(
        self,
        name: str,
        version: str,
        tokens: Tokens,
        *,
        threads: Executor,
        endpoint: str | None = None,
        patience: float = PATIENCE,
        tries: int = 2,
    ) -> None:
        self._name, self._version, self._endpoint = name, version, endpoint
        self._tokens, self._threads = tokens, threads
        self._patience, self._tries = patience, tries
        self._longest = SHORT if tries <= 2 else LONG

    async def call(
        self, ask: Ask, *, safe: bool | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Google's answer to one request, such as `lambda api: api.events().get(calendarId=…, eventId=…)`.

        `safe`: whether asking twice does no more than asking once (default: only for GET). What isn't safe is asked
        again only when Google said that it did nothing; a lost answer is `Unsure`. Raises what `refusals` names.
        """
        for attempt in range(1, self._tries + 1):
            try:
                return await self._once(_Call(ask, safe, headers or {}))
            except (NotConnected, Spent, SwitchedOff, Unsure):
                raise
            except Unavailable as error:
                pause = error.retry_after or PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
                if attempt == self._tries or pause > self._longest:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("there is at least one try")

    async def _once(self, call: "_Call") -> dict[str, Any]:
        token = await self._tokens.access()
        try:
            return await self._in_a_thread(call, token)
        except _Refused:
            token = await self._tokens.renew(token)
        try:
            return await self._in_a_thread(call, token)
        except _Refused as error:
            raise refusal(error.answer) from error

    async def _in_a_thread(self, call: "_Call", token: str) -> dict[str, Any]:
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._ask, call, token)
        try:
            async with asyncio.timeout(self._patience + 1):  # the socket's own time limit is for each of its reads
                return await running
        except TimeoutError as error:
            raise call.lost() from error

    def _ask(self, call: "_Call", token: str) -> dict[str, Any]:
        credentials = Credentials(token)  # type: ignore[no-untyped-call]  # google.auth is half annotated
        http = AuthorizedHttp(credentials, http=Http(self._patience), refresh_status_codes=())
        options = {"api_endpoint": self._endpoint} if self._endpoint else {}
        try:
            api = build(
                self._name,
                self._version,
                http=http,
                cache_discovery=False,
                static_discovery=True,
                client_options=options,
            )
            return call.answer(api)
        finally:
            http.close()


class _Call:
    """One request, and what it means when no answer comes."""

    def __init__(self, ask: Ask, safe: bool | None, headers: Mapping[str, str]) -> None:
        self._ask, self._safe, self._headers = ask, safe, headers

    def answer(self, api: Any) -> dict[str, Any]:
        """Ask, once."""
        request = self._ask(api)
        request.headers.update(self._headers)
        if self._safe is None:
            self._safe = request.method == "GET"
        try:
            answer = request.execute(num_retries=0)
        except HttpError as error:
            raise self._refusal(error) from error
        except (ConnectionRefusedError, httplib2.ServerNotFoundError) as error:
            raise Unavailable(AWAY) from error  # it never got there
        except (OSError, HTTPException, httplib2.HttpLib2Error, ValueError) as error:
            raise self.lost() from error  # cut off, timed out, or an answer that is none
        if isinstance(answer, dict):
            return answer
        if not answer:  # what deleting gives
            return {}
        raise self.lost()

    def lost(self) -> Unavailable:
        """Nobody answered. As long as it isn't known what to ask, nothing has been asked."""
        return Unsure() if self._safe is False else Unavailable(AWAY)

    def _refusal(self, error: HttpError) -> Exception:
        if error.resp.status == 401:
            return _Refused(error)
        if error.resp.status >= 500:
            return self.lost()  # it may have happened before something broke
        return refusal(error)


class _Refused(Exception):
    """The access token is no longer taken."""

    def __init__(self, answer: HttpError) -> None:
        super().__init__("the access token was refused")
        self.answer = answer
