"""Google's speech services: where they are, as whom we come, and what their refusals mean."""

import asyncio
import logging
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from integrations.errors import RateLimited, Unavailable
from integrations.settings import SpeechSettings

if TYPE_CHECKING:
    import grpc.aio

log = logging.getLogger(__name__)

CHIRP_3 = frozenset({"us", "eu", "asia-northeast1", "asia-southeast1"})
"""Where the recogniser chirp_3 is; not at `global`."""
_SPEAKING = frozenset({"us", "eu", "asia-northeast1", "asia-southeast1", "europe-west2"})
"""Where voices have an endpoint of their own."""
_HEARING = ("google.cloud.speech_v2.services.speech.transports", "SpeechGrpcAsyncIOTransport")
_SPEAKS = (
    "google.cloud.texttospeech_v1.services.text_to_speech.transports",
    "TextToSpeechGrpcAsyncIOTransport",
)
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_PATIENCE = 10.0
"""Seconds that looking for credentials may take."""
_OPTIONS = [
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    ("grpc.max_receive_message_length", 64 * 2**20),  # 5,000 bytes of text sound for minutes; gRPC itself stops at 4 MB
]

Discover = Callable[[], tuple[Any, str | None]]
"""Credentials and the project they name; may block for seconds."""


class Refused(Unavailable):
    """Google says no and will say no again: something has to be set up differently."""


class Misunderstood(Refused):
    """What we asked for isn't there: such a voice, model or place."""


class GoogleCloud:
    """One channel a service and one look for credentials, for the whole process. Opened at the first use."""

    def __init__(self, speech: SpeechSettings, *, discover: Discover | None = None) -> None:
        self.language = speech.language
        self.location = speech.location
        self._speech = speech
        self._discover = discover or _discover
        self._known: tuple[Any, str | None] | None = None
        self._opened: dict[str, Any] = {}
        self._lock = asyncio.Lock()

    async def project(self) -> str:
        """The project that is billed. Raises `Refused` where none is known."""
        if self._speech.project:
            return self._speech.project
        if self._speech.insecure:
            return "local"
        _, project = await self._credentials()
        if not project:
            raise Refused("I don't know which Google Cloud project to use. Set CHRONUS_SPEECH__PROJECT.")
        return project

    async def hearing(self) -> Any:
        """Speech-to-Text's stubs, at the location whose recognisers are asked for."""
        near = "" if self.location == "global" else f"{self.location}-"
        return await self._stubs(self._speech.endpoint or f"{near}speech.googleapis.com", _HEARING)

    async def speaking(self) -> Any:
        """Text-to-Speech's stubs, as near as it can be had."""
        near = f"{self.location}-" if self.location in _SPEAKING else ""
        address = self._speech.tts_endpoint or f"{near}texttospeech.googleapis.com"
        return await self._stubs(address, _SPEAKS)

    async def close(self) -> None:
        """Hang up."""
        opened, self._opened = self._opened, {}
        for transport in opened.values():
            await transport.grpc_channel.close()

    async def _stubs(self, address: str, kind: tuple[str, str]) -> Any:
        """Made once an address: the channel behind them stays warm. Google's library is imported in a thread, it takes a second."""
        address = address.rpartition("://")[2].rstrip("/")
        async with self._lock:
            if address not in self._opened:
                module, name = kind
                stubs = getattr(await asyncio.to_thread(import_module, module), name)
                self._opened[address] = stubs(channel=await self._channel(address))
            for opened in self._opened.values():  # who is heard now is answered soon: both lines stand by then
                opened.grpc_channel.get_state(try_to_connect=True)
            return self._opened[address]

    async def _channel(self, address: str) -> "grpc.aio.Channel":
        import grpc.aio

        if self._speech.insecure:
            return grpc.aio.insecure_channel(address, options=_OPTIONS)
        credentials, _ = await self._look()
        return _secure(address, credentials)

    async def _credentials(self) -> tuple[Any, str | None]:
        async with self._lock:
            return await self._look()

    async def _look(self) -> tuple[Any, str | None]:
        """Look for credentials, in a thread: files are read, and on Google's machines a server is asked."""
        if self._known is None:
            from google.auth.exceptions import GoogleAuthError

            try:
                self._known = await asyncio.wait_for(asyncio.to_thread(self._discover), _PATIENCE)
            except (GoogleAuthError, OSError, ValueError) as error:
                log.warning("no Google credentials: %s", error)
                raise Refused(
                    "I have no credentials for Google's speech. Set GOOGLE_APPLICATION_CREDENTIALS to a key file."
                ) from error
            except TimeoutError as error:
                raise Unavailable("Looking for Google credentials took too long.") from error
        return self._known


def _discover() -> tuple[Any, str | None]:
    import google.auth
    from google.oauth2 import service_account

    credentials, project = google.auth.default(default_scopes=[_SCOPE])
    if isinstance(credentials, service_account.Credentials):
        # signed here: no token has to be fetched before the first word
        credentials = credentials.with_always_use_jwt_access(True)  # type: ignore[no-untyped-call]  # google-auth's
    return credentials, project


def _secure(address: str, credentials: Any) -> "grpc.aio.Channel":
    from google.api_core import grpc_helpers_async

    host = address if ":" in address else f"{address}:443"
    channel: grpc.aio.Channel = grpc_helpers_async.create_channel(
        host, credentials=credentials, default_scopes=[_SCOPE], default_host=host.partition(":")[0], options=_OPTIONS
    )
    return channel


def refusal(error: "grpc.aio.AioRpcError", what: str) -> Unavailable:
    """Google's status in our words; `what` is the service it was asked for, such as "speech recognition"."""
    from grpc import StatusCode as Code

    code, details = error.code(), error.details() or ""
    quoting = code in {Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE, Code.UNKNOWN}  # these may repeat what they were given
    log.warning("Google's %s: %s: %s", what, code.name, "" if quoting else details[:300])
    credentials = "Getting metadata from plugin failed" in details and "invalid_grant" in details
    if code is Code.UNAUTHENTICATED or credentials:
        return Refused(f"Google doesn't accept my credentials for {what}. Check GOOGLE_APPLICATION_CREDENTIALS.")
    if code is Code.PERMISSION_DENIED:
        return Refused(f"Google doesn't let me use its {what}: the credentials lack the right, or the API is off.")
    if code in {Code.INVALID_ARGUMENT, Code.NOT_FOUND, Code.UNIMPLEMENTED, Code.FAILED_PRECONDITION}:
        return Misunderstood(
            f"Google can't make sense of how I ask for {what}. Check CHRONUS_SPEECH__LOCATION and __VOICE."
        )
    if code is Code.RESOURCE_EXHAUSTED:
        return RateLimited(f"Google's {what} is over its quota.")
    return Unavailable(f"Google's {what} isn't answering.")
