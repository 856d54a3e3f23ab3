"""The browser's sign-in: one cookie that opens the API, one that renews it and goes nowhere else."""

from dataclasses import dataclass

from fastapi import Response

from voice.security.doors import LOOPBACK, Place
from voice.security.tokens import ACCESS, REFRESH

RENEWED_AT = "/v1/auth"


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a sign-in gives."""

    access: str
    refresh: str


def access_cookie(place: Place) -> str:
    """Its name. Cookies don't know ports: two servers on one machine would overwrite each other's."""
    return f"__Host-chronus{_port(place)}" if place.scheme == "https" else f"chronus{_port(place)}"


def refresh_cookie(place: Place) -> str:
    """Its name; bound to the path of the sign-in, it can't have the `__Host-` prefix."""
    prefix = "__Secure-" if place.scheme == "https" else ""
    return f"{prefix}chronus_refresh{_port(place)}"


def keep(response: Response, place: Place, tokens: Tokens) -> None:
    """Hand both to the browser, out of reach of any script."""
    secure = place.scheme == "https"
    for name, value, life, path in (
        (access_cookie(place), tokens.access, ACCESS, "/"),
        (refresh_cookie(place), tokens.refresh, REFRESH, RENEWED_AT),
    ):
        age = int(life.total_seconds())
        response.set_cookie(name, value, max_age=age, path=path, secure=secure, httponly=True, samesite="lax")


def drop(response: Response, place: Place) -> None:
    """Take both away."""
    secure = place.scheme == "https"
    response.delete_cookie(access_cookie(place), path="/", secure=secure, httponly=True, samesite="lax")
    response.delete_cookie(refresh_cookie(place), path=RENEWED_AT, secure=secure, httponly=True, samesite="lax")


def _port(place: Place) -> str:
    return f"_{place.port}" if place.name in LOOPBACK else ""
