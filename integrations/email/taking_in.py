"""What Gmail tells of mails, put into the rows of the copy."""

from collections.abc import Iterable
from typing import Any

from integrations.email.copies import columns, labelled
from integrations.email.gmail import News
from integrations.email.letters import DRAFT_ID, Letter
from integrations.store.mail_copies import MailCopies, MailCopy

CONTENT = (
    "gmail_id", "thread", "labels", "from_name", "from_address", "to", "cc", "bcc", "subject", "snippet", "body",
    "message_id", "answers", "references", "at", "round",
)  # fmt: skip


class Changes:
    """What a page of history comes to, each mail once."""

    def __init__(self, news: News) -> None:
        self.added: list[str] = []
        self.gone: set[str] = set()
        self.relabelled: dict[str, list[tuple[bool, list[str]]]] = {}
        """Labels put on (True) and taken off, in order."""
        for record in news.records:
            for one in record.get("messagesAdded", []):
                self.added.append(one["message"]["id"])
            for one in record.get("messagesDeleted", []):
                self.gone.add(one["message"]["id"])
            for kind, on in (("labelsAdded", True), ("labelsRemoved", False)):
                for one in record.get(kind, []):
                    self.relabelled.setdefault(one["message"]["id"], []).append((on, one.get("labelIds", [])))
        self.added = [one for one in dict.fromkeys(self.added) if one not in self.gone]
        self.relabelled = {one: labels for one, labels in self.relabelled.items() if one not in self.gone}


async def take_in(copies: MailCopies, letters: Iterable[Letter], round: int) -> None:
    """New ones, and new labels of those here. What is still to be told to Google is newer than what was read."""
    found = {letter.id: letter for letter in letters}
    here = await copies.by_gmail_id(found)
    new = [columns(letter) | {"round": round} for name, letter in found.items() if name not in here and letter.box]
    blank = {"draft_id": None, "read_here": False, "leaves_at": None, "intent": None, "body": None}
    await copies.add_all([blank | row | {"name": row["gmail_id"]} for row in new])
    changed = [{"id": row.id, "round": round} | _labels(row, found[name].labels) for name, row in here.items()]
    await copies.change_all(changed)


def _labels(row: MailCopy, labels: Iterable[str]) -> dict[str, Any]:
    """New labels of a row. What was read here stays read until Gmail agrees, what is on its way stays where it is."""
    said = labelled(labels, bulk=row.bulk)
    if row.intent is not None:
        box = row.box if row.box in {"outbox", "gone"} else said["box"]
        return said | {"unread": row.unread, "read_here": row.read_here, "box": box}
    read_here = row.read_here and bool(said["unread"])
    return said | {"unread": bool(said["unread"]) and not read_here, "read_here": read_here}


async def relabel(copies: MailCopies, changes: Changes, read: set[str]) -> None:
    """What only got other labels needs no reading."""
    here = await copies.by_gmail_id(one for one in changes.relabelled if one not in read)
    changed = []
    for name, row in here.items():
        labels = set(row.labels)
        for on, some in changes.relabelled[name]:
            labels = labels | set(some) if on else labels - set(some)
        changed.append({"id": row.id} | _labels(row, labels))
    await copies.change_all(changed)


async def take_out(copies: MailCopies, gone: set[str]) -> None:
    """Deleted for good. A draft's mail goes at every change: the draft itself is looked at afterwards."""
    here = await copies.by_gmail_id(gone)
    for row in here.values():
        if row.draft_id is not None or row.intent is not None:
            await copies.change(row.name, gmail_id=None)
        else:
            await copies.drop(MailCopy.id == row.id)


async def name_drafts(copies: MailCopies, drafts: dict[str, str]) -> None:
    """`drafts` are Gmail's ids of drafts by the id of their mail."""
    rows = await copies.page(MailCopy.box.in_(["drafts", "outbox", "gone"]), first=1000, after=0)
    by_mail = {row.gmail_id: row for row in rows if row.gmail_id}
    by_draft = {row.draft_id: row for row in rows if row.draft_id}
    for gmail_id, draft_id in drafts.items():
        row, known = by_mail.get(gmail_id), by_draft.get(draft_id)
        if row is None or row is known:
            continue
        if known is None:
            await copies.change(row.name, name=f"{DRAFT_ID}{draft_id}", draft_id=draft_id)
        elif known.intent is None:
            await _edited(copies, known, row)
    for row in rows:
        if row.draft_id and row.intent is None and row.draft_id not in drafts.values():
            await copies.drop(MailCopy.id == row.id)  # sent or thrown away elsewhere


async def _edited(copies: MailCopies, known: MailCopy, row: MailCopy) -> None:
    """The draft keeps its name and takes over what its new mail says."""
    values = {column: getattr(row, column) for column in CONTENT} | {"etag": row.gmail_id or ""}
    await copies.drop(MailCopy.id == row.id)
    await copies.change(known.name, **values)
