"""Whose certificates we believe."""

import functools
import ssl

import httpx


@functools.cache
def trusted() -> ssl.SSLContext:
    """Read once a process: it takes 20 to 40 ms of processor time, and every client would do it again."""
    return httpx.create_ssl_context()
