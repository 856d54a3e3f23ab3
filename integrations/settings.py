"""Everything that differs between one deployment and the next; read once, where a process starts."""

import os
import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path, user_data_path
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Part(BaseModel):
    """A group of settings; unknown names are a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


POSTGRES = frozenset({"postgres", "postgresql", "postgresql+asyncpg"})
"""What the address of a database may begin with."""


def _scheme(url: SecretStr | None, *, like: str) -> str:
    """An address's. What could never be one is told before anything is loaded; whether somebody answers there, later."""
    kind, parted, _ = url.get_secret_value().partition("://") if url else ("", "", "")
    if url and not (kind and parted):
        raise ValueError(f"that address makes no sense; it should look like {like}")
    return kind.lower()


class DatabaseSettings(Part):
    """Absent: SQLite in the data folder."""

    url: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _postgres(cls, url: SecretStr | None) -> SecretStr | None:
        kind = _scheme(url, like="postgresql://user@host/name")
        if kind and kind not in POSTGRES:
            raise ValueError(f"I can keep things in PostgreSQL, not in {kind}")
        return url


class RedisSettings(Part):
    """Absent: an embedded stand-in, good for one process."""

    url: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _redis(cls, url: SecretStr | None) -> SecretStr | None:
        if _scheme(url, like="redis://host:6379/0") not in {"", "redis", "rediss", "unix"}:
            raise ValueError("that address makes no sense; it should look like redis://host:6379/0")
        return url


class QdrantSettings(Part):
    """Absent: an embedded Qdrant in the data folder, good for one process."""

    url: AnyHttpUrl | None = None
    api_key: SecretStr | None = None


class CelerySettings(Part):
    """Absent: worker and timetable run inside the server."""

    broker_url: SecretStr | None = None


class GeminiSettings(Part):
    """No key: the built-in mind answers."""

    api_key: SecretStr | None = None
    model: str = "gemini-3.5-flash-lite"
    fallbacks: list[str] = ["gemini-3.6-flash", "gemini-3.5-flash", "gemini-3.7-flash"]
    """Asked in this order where the model doesn't exist any more."""
    base_url: AnyHttpUrl | None = None
    api_version: str = "v1beta"


class GoogleSettings(Part):
    """The OAuth client and Google's addresses; without a client nobody can connect Google."""

    client_id: str | None = None
    client_secret: SecretStr | None = None
    auth_uri: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105, an address
    revoke_uri: str = "https://oauth2.googleapis.com/revoke"
    userinfo_uri: str = "https://openidconnect.googleapis.com/v1/userinfo"
    calendar_endpoint: str | None = None
    tasks_endpoint: str | None = None
    gmail_endpoint: str | None = None
    people: list[str] = []
    """Who may sign in with Google: addresses, or whole domains as "@example.org"; empty: whomever Google lets through."""
    pubsub_topic: str | None = None
    """projects/NAME/topics/NAME, for news of mail; absent: mail is looked for from time to time."""
    pubsub_token: SecretStr | None = None
    """The secret in the address that the topic's subscription pushes to."""
    pubsub_audience: str | None = None
    """The audience that the subscription signs its pushes for; absent: the secret alone counts."""
    certs_uri: str = "https://www.googleapis.com/oauth2/v1/certs"
    mail_messages: int = Field(5000, ge=10)
    mail_days: int = Field(365, ge=1)
    """How much of a mailbox is copied: the newest so many, of so many days."""


class SpeechSettings(Part):
    """Who hears and who speaks; `auto` takes the best that works here."""

    recognizer: Literal["auto", "whisper", "google"] = "auto"
    synthesizer: Literal["auto", "piper", "google", "espeak"] = "auto"
    language: str = "en-US"
    project: str | None = None
    """The Google Cloud project that is billed; absent: the one the credentials name."""
    location: str = "us"
    """Where Google hears and speaks: us, eu, asia-northeast1, asia-southeast1, or global."""
    endpoint: str | None = None
    tts_endpoint: str | None = None
    insecure: bool = False
    whisper_model: str = "auto"
    """`auto`, a name of the manifest (`tiny.en`, `base`), or a folder."""
    voice: str = "auto"
    """`auto`, a name of the manifest (`joe`, `ljspeech`), an .onnx file, or one of Google's (`en-US-Chirp3-HD-Kore`)."""

    @property
    def google_voice(self) -> str | None:
        """The voice, where it is one of Google's; their names begin like en-US-Chirp3."""
        return self.voice if re.match(r"[a-z]{2,3}-[A-Z]{2}-\w", self.voice) else None


class PhoneSettings(Part):
    """The telephone provider; absent: no telephone."""

    provider: Literal["twilio", "telnyx", "plivo"] | None = None
    number: str | None = None
    """Ours: the one to be called, and the one that calls."""
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    telnyx_public_key: str | None = None
    """What its webhooks are signed with, as its portal shows it."""
    telnyx_api_key: SecretStr | None = None
    telnyx_account_sid: str | None = None
    telnyx_application_id: str | None = None
    """The TeXML application that calls."""
    plivo_auth_id: str | None = None
    plivo_auth_token: SecretStr | None = None
    api_base_url: AnyHttpUrl | None = None
    """Another address than the provider's own, for a stand-in."""


class PushSettings(Part):
    """Telling browsers whose page is closed; it works without any of these."""

    contact: str | None = None
    """Where a push service may complain: an address (mailto:anna@example.org) or a page; absent: `public_url`."""
    hosts: list[str] = []
    """Push services beyond those of the usual browsers; one that begins with a dot: every name below it."""
    loopback: bool = False
    """Whether a stand-in at 127.0.0.1 counts as a push service; only in the local environment."""


class LimitSettings(Part):
    """0 switches a limit off."""

    turns_per_minute: int = Field(30, ge=0)
    conversations_per_person: int = Field(2, ge=0)
    requests_per_minute: int = Field(300, ge=0)
    tokens_per_day: int = Field(0, ge=0)
    """Of Gemini's tokens, each person's share of a day (UTC)."""
    mails_per_hour: int = Field(5, ge=0)
    """How many mails a person may have sent by words; what they send by hand doesn't count."""
    invitations_per_hour: int = Field(20, ge=0)
    """The same for what guests see of events: invitations, changes, cancellations."""
    deletions_per_day: int = Field(20, ge=0)
    """The same for what is taken away, within 24 hours."""
    calls_a_day: int = Field(6, ge=0)
    """How often a person may be rung up within 24 hours."""


class Settings(BaseSettings):
    """`CHRONUS_*`, nested with `__`; also read from a file named .env in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix="CHRONUS_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    environment: Literal["local", "production"] = "local"
    data: Path = Field(default_factory=lambda: user_data_path("chronus"))
    weights: Path = Field(default_factory=lambda: user_cache_path("chronus"))
    public_url: AnyHttpUrl | None = None
    secret_key: SecretStr | None = None
    """Signs tokens; absent in the local environment: made once and kept in the data folder."""
    secret_key_before: SecretStr | None = None
    """The secret that `secret_key` replaces, until `chronus keys rotate` has been run."""
    allowed_origins: list[str] = []
    proxies: list[str] = ["127.0.0.1"]
    """In production, who may say where a request comes from: addresses or networks of what stands in front of us."""
    timezone: str | None = None
    """The zone of people who haven't chosen one; absent: this machine's."""
    demo: bool = False

    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    qdrant: QdrantSettings = QdrantSettings()
    celery: CelerySettings = CelerySettings()
    gemini: GeminiSettings = GeminiSettings()
    google: GoogleSettings = GoogleSettings()
    speech: SpeechSettings = SpeechSettings()
    phone: PhoneSettings = PhoneSettings()
    push: PushSettings = PushSettings()
    limits: LimitSettings = LimitSettings()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name:
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError) as error:
                raise ValueError(f"{name} is not a time zone such as Europe/Berlin") from error
        return name or None


def google_credentials() -> Path | None:
    """The file of Google's own variable GOOGLE_APPLICATION_CREDENTIALS, where that is set."""
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    return Path(named) if named else None
