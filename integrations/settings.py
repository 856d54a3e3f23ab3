"""Everything that differs between one deployment and the next; read once, where a process starts."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path, user_data_path
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Part(BaseModel):
    """A group of settings; unknown names are a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(Part):
    """Absent: SQLite in the data folder."""

    url: SecretStr | None = None


class RedisSettings(Part):
    """Absent: an embedded stand-in, good for one process."""

    url: SecretStr | None = None


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


class SpeechSettings(Part):
    """Who hears and who speaks; `auto` takes the best that works here."""

    recognizer: Literal["auto", "whisper", "google"] = "auto"
    synthesizer: Literal["auto", "piper", "google", "espeak"] = "auto"
    language: str = "en-US"
    endpoint: str | None = None
    tts_endpoint: str | None = None
    insecure: bool = False
    whisper_model: str = "auto"
    """`auto`, a name of the manifest (`tiny.en`, `base`), or a folder."""
    voice: str = "auto"
    """`auto`, a name of the manifest (`joe`, `ljspeech`), or an .onnx file."""


class PhoneSettings(Part):
    """The telephone provider; absent: no telephone."""

    provider: Literal["twilio", "telnyx", "plivo"] | None = None
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    api_base_url: AnyHttpUrl | None = None
    number: str | None = None


class LimitSettings(Part):
    """0 switches a limit off."""

    turns_per_minute: int = Field(30, ge=0)
    conversations_per_person: int = Field(2, ge=0)
    requests_per_minute: int = Field(300, ge=0)


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
    allowed_origins: list[str] = []
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
