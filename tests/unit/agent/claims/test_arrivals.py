"""When mails came and from whom: the newest, the others, so many of somebody."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.mailboxes import GRETA, INBOX, KITES, found, mail
from tests.unit.agent.claims.test_elsewhere_deeds import Told, said

TWICE = found(GRETA, mail("Greta Lindqvist", "Nails", "14T10:00", "The nails are in the shed. Greta"))
SUNDAYS = found(GRETA, KITES, mail("Ivo Marsh", "Hay", "13T09:00", "The hay is dry. Ivo"))
DAWN = found(
    mail("Ivo Marsh", "Hay", "14T05:00", "The hay is dry. Ivo"),
    mail("Noor Aziz", "Honey jars", "14T12:00", "Forty jars are packed. Noor"),
)
FOR_WINTER = found(mail("Ivo Marsh", "Hay for winter", "14T09:00", "The hay is dry. Ivo"))
SUMMED_UP: Told = ("summarize_inbox", {"result": {"unread": 2, "important": [GRETA | {"important": True, "why": "asks you"}], "others": 1, "messages": [GRETA, KITES], "actions": []}}, {})  # fmt: skip

CAME: Sequence[tuple[Told, Sequence[str], Sequence[str]]] = (
    (INBOX, (
        "The newest is from Greta.", "The oldest is from Kite Weekly.", "The last mail came from Greta.", "One of them is from Oliver.", "The newest isn't from Oliver.", "Oliver wrote on Monday evening.", "Oliver wrote yesterday evening.",
        "Greta wrote this morning.", "Greta wrote today, and the other two came earlier.", "Slate for the roof came this morning.", "Seven kites for windy days came on Sunday.", "Oliver didn't write on Sunday.",
        "Greta wrote about Thursday.", "One mail from Greta came today.", "Nobody wrote on Saturday.", "Greta wrote this morning, Oliver wrote yesterday evening, and the other one came on Sunday.",
    ), (
        "The newest is from Oliver.", "The earliest one is from Oliver.", "The latest is from Kite Weekly.", "Two are from Oliver.", "Just two of them are from Oliver.", "Only Greta wrote.", "Two of them are from Greta.", "Oliver wrote on Monday morning.",
        "Greta wrote this evening.", "Slate for the roof came on Sunday.", "Seven kites for windy days came on Monday.", "Greta wrote this morning, and the other three came on Sunday.", "Greta wrote today while the other two came on Sunday.",
    )),
    (TWICE, ("Only Greta wrote.", "Two are from Greta.", "Both are from Greta."), ("Three are from Greta.", "One is from Greta and one from Oliver.")),
    (SUNDAYS, ("Greta wrote today, and the other two came on Sunday.", "Greta wrote today, and the rest came on Sunday."), ("Greta wrote today, and the other three came on Sunday.", "Greta wrote today, and the rest came on Monday.")),
    (DAWN, ("Ivo wrote yesterday morning.", "Noor wrote yesterday afternoon."), ("Noor wrote yesterday morning.", "Ivo wrote last night.")),
    (FOR_WINTER, ("Ivo wrote “Hay for winter” yesterday.",), ("Ivo wrote “Hay for winter” today.",)),
    (SUMMED_UP, ("One is from Greta.", "The newest is from Greta.", "Only Greta wrote something important."), ("Two are from Greta.", "The newest is from Kite Weekly.")),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, so, _ in CAME for text in so])
async def test_a_mail_came_when_its_row_has_it(told: Told, text: str) -> None:
    """Its day, the part of the day, and its place among the others."""
    assert await said(text, told) == text


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, _, lies in CAME for text in lies])
async def test_it_did_not_come_at_another_time(told: Told, text: str) -> None:
    """Nor from somebody else, nor so many of them."""
    assert await said(text, told) != text
