"""Mails of a house by the sea, as tools give them: searched for, or one of them read."""

from typing import Any

from tests.unit.agent.claims.test_elsewhere_deeds import Told


def mail(sender: str, subject: str, at: str, body: str, *, unread: bool = True) -> dict[str, Any]:
    """One of September."""
    return {
        "from": f"{sender} <{sender.split(maxsplit=1)[0].lower()}@example.org>", "to": ["mika@example.com"], "subject": subject,
        "snippet": body[:200], "at": f"2026-09-{at}:00-03:00", "unread": unread, "important": False,
    }  # fmt: skip


def found(*mails: dict[str, Any], query: str = "in:inbox") -> Told:
    """What a search brought up."""
    return "search_email", {"result": {"messages": list(mails), "query": query}}, {"query": query}


def read(one: dict[str, Any]) -> Told:
    """A mail that was opened, with all it says."""
    return "read_email", {"result": {"message": {**one, "body": one["snippet"]}}}, {"which": one["subject"]}


GRETA = mail("Greta Lindqvist", "Slate for the roof", "15T07:30", "The slate comes to 4,800 pounds and is ready on Thursday. Could you send me the pitch of the roof? I've signed the order. Greta")  # fmt: skip
OLIVER = mail("Oliver Banks", "Choir trip", "14T18:05", "We leave at 8.10 from the church, not from the hall. Bring two blankets. I can’t drive the van. The hostel is closed on Monday. Oliver", unread=False)  # fmt: skip
KITES = mail("Kite Weekly", "Seven kites for windy days", "13T06:00", "Seven kites, tested by the sea for two summers.")  # fmt: skip
INBOX = found(GRETA, OLIVER, KITES)
