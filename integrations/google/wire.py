"""The HTTP under googleapiclient: nothing is ever sent twice behind our back."""

from typing import Any
from urllib.parse import urlsplit

import httplib2


class _Once:
    """httplib2 connects anew and repeats a request, a POST too, whose connection broke off before an answer."""

    _connected = False

    def connect(self) -> None:
        if self._connected:
            raise ConnectionAbortedError("the connection broke off before an answer came")
        self._connected = True
        super().connect()  # type: ignore[misc]  # of the connection that this is mixed into


class _Plain(_Once, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]  # httplib2 has no types
    pass


class _Tls(_Once, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]  # httplib2 has no types
    pass


class Http(httplib2.Http):  # type: ignore[misc]  # httplib2 has no types
    """One request, one time; redirects are not followed, as no API of Google's has any."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.follow_redirects = False

    def request(self, uri: str, *args: Any, **more: Any) -> Any:
        """As httplib2's."""
        kind = _Tls if urlsplit(uri).scheme == "https" else _Plain
        return super().request(uri, *args, **more | {"connection_type": kind})
