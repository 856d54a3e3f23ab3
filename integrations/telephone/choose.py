"""Which provider the settings name; where they name none, nothing of any is loaded."""

import logging

from pydantic import SecretStr

from integrations.clock import Clock, system_clock
from integrations.errors import Invalid
from integrations.settings import PhoneSettings
from integrations.telephone import Dialer, Telephone
from integrations.telephone.numbers import plain_number

log = logging.getLogger(__name__)


def choose_telephone(settings: PhoneSettings, clock: Clock = system_clock) -> Telephone | None:
    """The provider that may ring; None without one, or without what its signature is checked with."""
    if settings.provider is None:
        return None
    if missing := unsigned(settings):
        log.warning("I can't be called: %s is not set", missing)
        return None
    match settings.provider:
        case "twilio":
            from integrations.telephone.twilio import Twilio

            return Twilio(_said(settings.twilio_auth_token), settings.twilio_account_sid)
        case "telnyx":
            from integrations.telephone.telnyx import Telnyx

            return Telnyx((settings.telnyx_public_key or "").strip(), clock, settings.telnyx_account_sid)
        case "plivo":
            from integrations.telephone.plivo import Plivo

            return Plivo(_said(settings.plivo_auth_token))


def choose_dialer(settings: PhoneSettings) -> Dialer | None:
    """The provider that we call by; None without one, or without what it wants to know of us. Raises `Invalid`."""
    if settings.provider is None or unsigned(settings) or unable(settings):
        return None
    number, base = plain_number(settings.number or ""), str(settings.api_base_url) if settings.api_base_url else None
    if (
        base
        and settings.api_base_url
        and settings.api_base_url.scheme != "https"
        and not _here(settings.api_base_url.host)
    ):
        raise Invalid("CHRONUS_PHONE__API_BASE_URL has to be https: the account's key goes there.")
    match settings.provider:
        case "twilio":
            from integrations.telephone.twilio_calls import TwilioCalls

            return TwilioCalls(settings.twilio_account_sid or "", _said(settings.twilio_auth_token), number, base)
        case "telnyx":
            from integrations.telephone.telnyx_calls import TelnyxCalls

            return TelnyxCalls(
                settings.telnyx_account_sid or "", _said(settings.telnyx_api_key), settings.telnyx_application_id or "",
                number, base,
            )  # fmt: skip
        case "plivo":
            from integrations.telephone.plivo_calls import PlivoCalls

            return PlivoCalls(settings.plivo_auth_id or "", _said(settings.plivo_auth_token), number, base)


def unsigned(settings: PhoneSettings) -> str | None:
    """The setting without which nobody can tell the provider's webhooks from forged ones; None: it is there."""
    wanted = {"twilio": "twilio_auth_token", "telnyx": "telnyx_public_key", "plivo": "plivo_auth_token"}
    return _missing(settings, wanted[settings.provider]) if settings.provider else None


def unable(settings: PhoneSettings) -> str | None:
    """The setting without which we can't call anybody; None: they are all there."""
    wanted = {
        "twilio": ("number", "twilio_account_sid"),
        "telnyx": ("number", "telnyx_api_key", "telnyx_account_sid", "telnyx_application_id"),
        "plivo": ("number", "plivo_auth_id"),
    }
    return _missing(settings, *wanted[settings.provider]) if settings.provider else None


def _missing(settings: PhoneSettings, *names: str) -> str | None:
    for name in names:
        value = getattr(settings, name)
        if not (_said(value) if isinstance(value, SecretStr | None) else value.strip()):
            return f"CHRONUS_PHONE__{name.upper()}"
    return None


def _said(secret: SecretStr | None) -> str:
    return secret.get_secret_value().strip() if secret else ""


def _here(host: str | None) -> bool:
    return host in ("127.0.0.1", "localhost", "::1", "[::1]")
