"""The one secret of a deployment: from the settings, or made once and kept beside the data."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from integrations.errors import Invalid
from integrations.settings import Settings

_SHORTEST = 16


def signing_secret(settings: Settings) -> bytes:
    """The secret of the settings, or the one made once and kept beside the data. Raises `Invalid`."""
    if settings.secret_key is not None:
        given = settings.secret_key.get_secret_value().encode()
        if len(given) < _SHORTEST:
            raise Invalid(f"CHRONUS_SECRET_KEY is too short; {_SHORTEST} characters are the least.")
        return given
    if settings.environment != "local":
        raise Invalid("CHRONUS_SECRET_KEY is not set. Make one with: openssl rand -base64 32")
    return kept_secret(settings.data)


def earlier_secret(settings: Settings) -> bytes | None:
    """The secret before this one, while what it protects is moved over."""
    if settings.secret_key_before is None:
        return None
    return settings.secret_key_before.get_secret_value().encode()


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose: none can pass for another."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chronus " + purpose).derive(secret)


def kept_secret(data: Path) -> bytes:
    """Made by whoever comes first; others who come at the same moment take that one. Raises `Invalid`."""
    path = data / "secret.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_urlsafe(48).encode())
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    path.chmod(0o600)
    secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST:
        raise Invalid(f"{path.name} in the data folder is damaged. Delete it, and everybody signs in anew.")
    return secret
