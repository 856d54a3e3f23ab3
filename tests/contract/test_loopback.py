"""No test can leave this machine."""

import asyncio
import socket

import pytest

from tests.conftest import Outside


def test_a_connection_elsewhere_is_refused() -> None:
    """Before a single packet goes out."""
    with socket.socket() as outward, pytest.raises(Outside):
        outward.connect(("192.0.2.1", 80))


def test_a_name_elsewhere_is_not_even_looked_up() -> None:
    """The look-up would already tell somebody."""
    with pytest.raises(Outside):
        socket.getaddrinfo("example.com", 80)


async def test_asyncio_is_no_way_out() -> None:
    """Its connections are the same sockets."""
    with pytest.raises(Outside):
        await asyncio.open_connection("192.0.2.1", 80)
