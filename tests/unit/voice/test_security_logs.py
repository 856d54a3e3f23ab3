"""Nothing secret is written down."""

import pytest

from integrations.logs import _blotted

SECRETS = [
    "GET /v1/voice?ticket=Zm9vYmFy-_x1 HTTP/1.1", "Authorization: Bearer Zm9vYmFy-_x1", "refresh_token=Zm9vYmFy-_x1&a=b",
    "callback?code=Zm9vYmFy-_x1&state=Zm9vYmFy-_x1", "pin=Zm9vYmFy-_x1", "a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.Zm9vYmFy-_x1 b",
    "refused 1//0Zm9vYmFy-_x1.", "got ya29.a0Zm9vYmFy-_x1", "client GOCSPX-Zm9vYmFy-_x1",
]  # fmt: skip


@pytest.mark.parametrize("line", SECRETS)
def test_what_looks_like_a_secret_is_blotted_out(line: str) -> None:
    """The second net under every log line."""
    assert "Zm9vYmFy" not in _blotted(line)
    assert "***" in _blotted(line)


def test_other_words_stay() -> None:
    """A log is there to be read."""
    line = "stopped after 3 turns at /v1/chat, bearer of bad news"

    assert _blotted(line) == "stopped after 3 turns at /v1/chat, bearer *** bad news"
