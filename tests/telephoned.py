"""A Chronus that calls by a provider which isn't there: accounts, settings and numbers."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from integrations.settings import PhoneSettings
from voice.phone_account import Account

PROVIDERS = ("twilio", "telnyx", "plivo")
PUBLIC = "https://chronus.example.org"
OURS, NUMBER, PIN = "+15550100000", "+15551234567", "482915"
TOKEN = "0123456789abcdef0123456789abcdef"
KEY = "KEY0123456789"
_PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE = base64.b64encode(bytes(range(32))).decode()
PUBLIC_KEY = base64.b64encode(_PRIVATE.public_key().public_bytes_raw()).decode()


def account(provider: str) -> Account:
    """As the provider knows us."""
    token = PRIVATE if provider == "telnyx" else TOKEN
    return Account(public_url=PUBLIC, token=token, sid=f"AC{'1' * 32}", provider=provider, number=OURS)


def phone_settings(provider: str, base_url: str | None = None) -> PhoneSettings:
    """As we know the provider."""
    return PhoneSettings.model_validate(environment(provider, base_url))


def environment(provider: str, base_url: str | None = None) -> dict[str, Any]:
    """The settings' own names, without what stands before them."""
    sid = f"AC{'1' * 32}"
    own: dict[str, Any] = {
        "twilio": {"twilio_account_sid": sid, "twilio_auth_token": TOKEN},
        "telnyx": {
            "telnyx_public_key": PUBLIC_KEY, "telnyx_api_key": KEY, "telnyx_account_sid": sid, "telnyx_application_id": "17",
        },
        "plivo": {"plivo_auth_id": sid, "plivo_auth_token": TOKEN},
    }[provider]  # fmt: skip
    base = {"api_base_url": base_url} if base_url else {}
    return {"provider": provider, "number": OURS, **own, **base}
