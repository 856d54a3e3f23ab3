"""Gmail's API v1 on one mailbox: its paths, its costs and its refusals. What is guessed stands in mailbox.py."""

import re
from typing import Any

from fastapi import FastAPI, Request

from tests.emulators.google import Google, Refuse
from tests.emulators.google.mail_search import found_by
from tests.emulators.google.mailbox import Kept, Mailbox, content_of, packed, parts, snippet, unpacked

ME = "/gmail/v1/users/{user}"
SCOPE = "https://www.googleapis.com/auth/gmail."
SENT_BY_ID = {"SENT", "DRAFT"}  # labels that nobody can put on or take off


def gmail_app(google: Google, box: Mailbox) -> FastAPI:
    """To be put behind a door."""
    app = FastAPI()
    _reading(app, google, box)
    _writing(app, box)
    _drafts(app, box)
    _news(app, box)
    return app


def _reading(app: FastAPI, google: Google, box: Mailbox) -> None:
    def scopes(request: Request) -> frozenset[str]:
        granted = google.grants(request.headers.get("authorization", "").removeprefix("Bearer "))
        return granted or frozenset()

    def only_metadata(request: Request) -> bool:
        others = {"https://mail.google.com/", f"{SCOPE}readonly", f"{SCOPE}modify"}
        return not scopes(request) & others

    @app.get(f"{ME}/profile")
    async def profile(user: str) -> Any:
        box.spend(1)
        threads = {mail.thread for mail in box.mails.values()}
        return {
            "emailAddress": box.address,
            "messagesTotal": len(box.mails),
            "threadsTotal": len(threads),
            "historyId": str(box.now),
        }

    @app.get(f"{ME}/messages")
    async def listed(request: Request, user: str, q: str = "", maxResults: int = 100, pageToken: str = "0") -> Any:
        box.spend(5)
        if q and only_metadata(request):
            raise Refuse(403, "forbidden", "Metadata scope does not support 'q' parameter")
        labels = set(request.query_params.getlist("labelIds"))
        wanted, away = found_by(q), labels | {label.upper() for label in re.findall(r"in:(\w+)", q)}
        found = [
            mail
            for mail in box.newest()
            if labels <= mail.labels and wanted(mail) and not (mail.labels & {"TRASH", "SPAM"}) - away
        ]
        page = _page(box, _after(found, pageToken), "messages", maxResults, "0")
        if "nextPageToken" in page:  # it names the last one given, so that what comes and goes meanwhile moves nothing
            last = box.mails[page["messages"][-1]["id"]]
            page["nextPageToken"] = f"{int(last.at.timestamp() * 1000)}{last.id}"
        return masked(page, request)

    @app.get(f"{ME}/messages/{{message_id}}")
    async def get(request: Request, user: str, message_id: str, format: str = "full") -> Any:
        box.spend(20)
        if format in {"full", "raw"} and only_metadata(request):
            raise Refuse(403, "forbidden", "Metadata scope doesn't allow format FULL")
        only = request.query_params.getlist("metadataHeaders")
        return masked(shown(box, box.get(message_id), format, only, snippets=not only_metadata(request)), request)

    @app.get(f"{ME}/messages/{{message_id}}/attachments/{{attachment}}")
    async def attachment(user: str, message_id: str, attachment: str) -> Any:
        box.spend(20)
        content = content_of(box.get(message_id).parsed, attachment)
        if content is None:
            raise Refuse(400, "invalidArgument", "Invalid attachment token")
        return {"size": len(content), "data": packed(content)}


def _writing(app: FastAPI, box: Mailbox) -> None:
    @app.post(f"{ME}/messages/{{message_id}}/modify")
    async def modify(request: Request, user: str, message_id: str, body: dict[str, list[str]]) -> Any:
        box.spend(5)
        add, remove = body.get("addLabelIds", []), body.get("removeLabelIds", [])
        if (set(add) | set(remove)) & SENT_BY_ID:
            raise Refuse(400, "invalidArgument", "Invalid label")
        return masked(_labelled(box.label(message_id, add, remove)), request)

    @app.post(f"{ME}/messages/send")
    async def send(request: Request, user: str, body: dict[str, Any]) -> Any:
        box.spend(100)
        return masked(_labelled(box.send(unpacked(body.get("raw", "")), body.get("threadId"))), request)


def _drafts(app: FastAPI, box: Mailbox) -> None:
    def draft(draft_id: str) -> Kept:
        if draft_id not in box.drafts:
            raise Refuse(404, "notFound", "Requested entity was not found.")
        return box.mails[box.drafts[draft_id]]

    @app.get(f"{ME}/drafts")
    async def listed(request: Request, user: str, q: str = "", maxResults: int = 100, pageToken: str = "0") -> Any:
        box.spend(5)
        wanted = found_by(q)
        by_mail = {mail: draft for draft, mail in box.drafts.items()}
        found = [mail for mail in box.newest() if mail.id in by_mail and wanted(mail)]
        items = [{"id": by_mail[mail.id], "message": _short(mail)} for mail in found]
        return masked(_page(box, items, "drafts", maxResults, pageToken), request)

    @app.post(f"{ME}/drafts")
    async def create(request: Request, user: str, body: dict[str, Any]) -> Any:
        box.spend(10)
        message = body.get("message", {})
        new = box.write(unpacked(message.get("raw", "")), message.get("threadId"))
        return masked({"id": new, "message": _labelled(draft(new))}, request)

    @app.get(f"{ME}/drafts/{{draft_id}}")
    async def get(request: Request, user: str, draft_id: str, format: str = "full") -> Any:
        box.spend(20)
        return masked({"id": draft_id, "message": shown(box, draft(draft_id), format, [])}, request)

    @app.put(f"{ME}/drafts/{{draft_id}}")
    async def update(request: Request, user: str, draft_id: str, body: dict[str, Any]) -> Any:
        box.spend(15)
        message = body.get("message", {})
        draft(draft_id)
        box.write(unpacked(message.get("raw", "")), message.get("threadId"), draft_id)
        return masked({"id": draft_id, "message": _labelled(draft(draft_id))}, request)

    @app.delete(f"{ME}/drafts/{{draft_id}}")
    async def delete(user: str, draft_id: str) -> Any:
        box.spend(10)
        box.remove_mail_of(draft_id)

    @app.post(f"{ME}/drafts/send")
    async def send(request: Request, user: str, body: dict[str, Any]) -> Any:
        box.spend(100)
        before = draft(body.get("id", ""))
        sent = box.send(before.raw)  # refused: the draft stays
        sent.thread = before.thread
        box.remove_mail_of(body["id"])
        return masked(_labelled(sent), request)


def _news(app: FastAPI, box: Mailbox) -> None:
    @app.get(f"{ME}/history")
    async def history(
        request: Request, user: str, startHistoryId: str, maxResults: int = 100, pageToken: str = "0"
    ) -> Any:
        box.spend(2)
        since = int(startHistoryId)
        if since < box.forgotten or since > box.now:
            raise Refuse(404, "notFound", "Requested entity was not found.")
        records = [_record(box, *one) for one in box.history if one[0] > since]
        page = _page(box, records, "history", maxResults, pageToken.lstrip("b") or "0")
        if len(pageToken) - len(pageToken.lstrip("b")) < box.blank:
            page = {"nextPageToken": f"b{pageToken}"}
        return masked(page | {"historyId": str(box.now)}, request)

    @app.post(f"{ME}/watch")
    async def watch(user: str, body: dict[str, Any]) -> Any:
        box.spend(100)
        if not re.fullmatch(r"projects/[\w-]+/topics/[\w-]+", body.get("topicName", "")):
            raise Refuse(400, "invalidArgument", "Invalid topicName")
        box.watched.append(body)
        until = int((box.clock().timestamp() + 7 * 86400) * 1000)
        return {"historyId": str(box.now), "expiration": str(until)}

    @app.post(f"{ME}/stop")
    async def stop(user: str) -> Any:
        box.stopped += 1


def shown(box: Mailbox, mail: Kept, format: str, only: list[str], *, snippets: bool = True) -> dict[str, Any]:
    """A mail in one of the formats."""
    shape = _labelled(mail) | {
        "historyId": str(mail.history),
        "internalDate": str(int(mail.at.timestamp() * 1000)),
        "sizeEstimate": len(mail.raw),
    }
    if snippets:
        shape["snippet"] = snippet(mail.parsed)
    if format == "raw":
        return shape | {"raw": packed(mail.raw)}
    if format == "minimal":
        return shape
    payload = parts(mail.parsed, box.inline)
    if format == "metadata":
        wanted = {name.lower() for name in only}
        headers = [one for one in payload["headers"] if not wanted or one["name"].lower() in wanted]
        payload = {"mimeType": payload["mimeType"], "headers": headers}
    return shape | {"payload": payload}


def _short(mail: Kept) -> dict[str, Any]:
    return {"id": mail.id, "threadId": mail.thread}


def _labelled(mail: Kept) -> dict[str, Any]:
    return _short(mail) | ({"labelIds": sorted(mail.labels)} if mail.labels else {})


def _record(box: Mailbox, number: int, what: str, message_id: str, labels: list[str]) -> dict[str, Any]:
    mail = box.mails.get(message_id)
    message: dict[str, Any] = {"id": message_id, "threadId": mail.thread if mail else message_id}
    entry: dict[str, Any] = {"message": message | ({"labelIds": labels} if what == "messagesAdded" and labels else {})}
    if what.startswith("labels"):
        entry["labelIds"] = labels
    return {"id": str(number), "messages": [message], what: [entry]}


def _page(box: Mailbox, items: list[Any], name: str, first: int, token: str) -> dict[str, Any]:
    """A part of a list. An empty one has no list at all."""
    if not token.isdecimal():
        raise Refuse(400, "invalidArgument", "Invalid pageToken")
    start, length = int(token), max(1, min(first, box.page, 500))
    page: dict[str, Any] = {name: cut} if (cut := items[start : start + length]) else {}
    if start + length < len(items):
        page["nextPageToken"] = str(start + length)
    return page if name == "history" else page | {"resultSizeEstimate": len(items)}


def _after(found: list[Kept], token: str) -> list[dict[str, Any]]:
    if token == "0":
        return [_short(mail) for mail in found]
    if not re.fullmatch(r"\d{13}[0-9a-f]{16}", token):
        raise Refuse(400, "invalidArgument", "Invalid pageToken")
    last = int(token[:13]), token[13:]
    return [_short(mail) for mail in found if (int(mail.at.timestamp() * 1000), mail.id) < last]


def masked(answer: Any, request: Request) -> Any:
    """Only what `fields` asks for."""
    mask = request.query_params.get("fields")
    return _mask(answer, _fields(mask)) if mask else answer


def _fields(mask: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    depth, start = 0, 0
    for index, letter in enumerate(mask + ","):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            name, _, inner = mask[start:index].partition("(")
            *path, last = name.split("/")
            at = tree
            for step in path:
                at = at.setdefault(step, {})
            at[last] = _fields(inner.removesuffix(")")) if inner else None
            start = index + 1
    return tree


def _mask(answer: Any, tree: dict[str, Any]) -> Any:
    if isinstance(answer, list):
        return [_mask(one, tree) for one in answer]
    return {
        name: value if tree[name] is None else _mask(value, tree[name])
        for name, value in answer.items()
        if name in tree
    }
