"""Google Tasks v1 on a loopback socket.

Kept to: Google's paths and JSON (by the door), 404 for what isn't there, one etag a write and 412 for an old one, pages of at
most 100 tasks, a due date without an hour, positions as twenty digits that shift when something is put between, `updated` only of
what was written itself, hidden, deleted and assigned tasks shown only when asked for, the default list first and undeletable.
Guessed, as no document says so: a deleted task can be got and patched back to life (`gives_back` False: it can't), a task keeps
its id in another list and leaves a tombstone in the old one, a deleted parent takes its children along, an unknown neighbour is a 400.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request, Response

from tests.emulators.google import Google, Refuse
from tests.emulators.google.door import behind_door

Json = dict[str, Any]
DEFAULT = "MDk4NzY1NDMyMTA5ODc2NTQzMjE6MDow"
START = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@dataclass
class TasksAccount:
    """One account. Tests may look into it and write into it, as the person does with another client."""

    lists: dict[str, Json] = field(default_factory=dict)
    tasks: dict[str, list[Json]] = field(default_factory=dict)
    """By list, in their order, deleted ones too."""
    originals_deleted: list[str] = field(default_factory=list)
    gives_back: bool = True
    enabled: bool = True
    _count: int = 0

    def __post_init__(self) -> None:
        self.add_list("My Tasks", id=DEFAULT)

    def now(self) -> str:
        """Google's clock: a millisecond a write."""
        self._count += 1
        return (START + timedelta(milliseconds=self._count)).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def new_id(self) -> str:
        """Like Google's: letters that differ in case."""
        self._count += 1
        return base64.urlsafe_b64encode(hashlib.sha256(str(self._count).encode()).digest())[:22].decode()

    def add_list(self, title: str, id: str | None = None) -> str:
        """A new list; its id."""
        name = id or self.new_id()
        link = f"https://www.googleapis.com/tasks/v1/users/@me/lists/{name}"
        self.lists[name] = {"kind": "tasks#taskList", "id": name, "title": title, "selfLink": link}
        self.tasks[name] = []
        self.touch(self.lists[name])
        return name

    def touch(self, thing: Json) -> None:
        """It was written."""
        thing["updated"] = self.now()
        thing["etag"] = f'"{hashlib.sha256(thing["updated"].encode()).hexdigest()[:16]}"'

    def add(self, title: str, list_id: str = DEFAULT, *, at: int | None = None, **more: Any) -> Json:
        """A task, by another client: at the top unless `at` says otherwise."""
        task = {"kind": "tasks#task", "id": self.new_id(), "title": title, "status": "needsAction", **more}
        self.tasks[list_id].insert(at or 0, task)
        self.touch(task)
        return task

    def edit(self, task: Json, **fields: Any) -> None:
        """By another client."""
        task.update(fields)
        self.touch(task)

    def remove(self, task: Json) -> None:
        """By another client."""
        self.edit(task, deleted=True)

    def remove_list(self, list_id: str) -> None:
        """By another client."""
        del self.lists[list_id], self.tasks[list_id]

    def standing(self, list_id: str) -> list[Json]:
        """What isn't deleted, in its order."""
        return [task for task in self.tasks[list_id] if not task.get("deleted")]

    def titles(self, list_id: str = DEFAULT) -> list[str]:
        """In their order."""
        return [task["title"] for task in self.standing(list_id)]

    def find(self, list_id: str, task_id: str) -> Json:
        found = next((task for task in self.in_list(list_id) if task["id"] == task_id), None)
        if found is None:
            raise Refuse(404, "notFound", "Not Found")
        return found

    def in_list(self, list_id: str) -> list[Json]:
        self.list_of(list_id)
        return self.tasks[DEFAULT if list_id == "@default" else list_id]

    def list_of(self, list_id: str) -> Json:
        if not self.enabled:
            raise Refuse(404, "notFound", "Not Found")
        found = self.lists.get(DEFAULT if list_id == "@default" else list_id)
        if found is None:
            raise Refuse(404, "notFound", "Not Found")
        return found

    def shown(self, list_id: str, task: Json) -> Json:
        """With its position among those under the same parent."""
        siblings = [one for one in self.standing(list_id) if one.get("parent") == task.get("parent")]
        place = siblings.index(task) if task in siblings else 0
        return {**task, "position": f"{place:020}", "selfLink": f"https://www.googleapis.com/tasks/v1/lists/{list_id}/tasks/{task['id']}"}  # fmt: skip

    def put(self, task: Json, list_id: str, previous: str | None, parent: str | None) -> None:
        """In its place."""
        there = self.tasks[list_id]
        if parent is not None:
            self._neighbour(list_id, parent)
            task["parent"] = parent
        else:
            task.pop("parent", None)
        if previous is None:
            siblings = [one for one in there if one.get("parent") == parent and not one.get("deleted")]
            there.insert(there.index(siblings[0]) if siblings else len(there), task)
            return
        before = self._neighbour(list_id, previous)
        if before.get("parent") != parent:
            raise Refuse(400, "invalid", "Invalid task ID")
        there.insert(there.index(before) + 1, task)

    def _neighbour(self, list_id: str, task_id: str) -> Json:
        for one in self.standing(list_id):
            if one["id"] == task_id and not one.get("hidden"):
                return one
        raise Refuse(400, "invalid", "Invalid task ID")


def checked(body: Json, task: Json | None = None) -> Json:
    """What may be written. An answer-only field is passed over, as Google does."""
    known: Json = {
        name: body[name] for name in ("title", "notes", "due", "status", "completed", "deleted") if name in body
    }
    if len(known.get("title") or "") > 1024 or len(known.get("notes") or "") > 8192:
        raise Refuse(400, "invalid", "Invalid Value")
    if known.get("status", "completed") not in {"completed", "needsAction"}:
        raise Refuse(400, "invalid", "Invalid Value")
    if known.get("due"):
        known["due"] = f"{known['due'][:10]}T00:00:00.000Z"
    if task and task.get("assignmentInfo", {}).get("surfaceType") == "DOCUMENT" and known.get("notes"):
        raise Refuse(400, "invalid", "Tasks assigned from Google Docs cannot have notes")
    if task and "assignmentInfo" in task:
        known.pop("deleted", None)
    return known


def write(account: TasksAccount, task: Json, fields: Json) -> None:
    """The fields into the task; null and nothing take one away."""
    if "deleted" in fields and not account.gives_back:
        del fields["deleted"]
    for name, value in fields.items():
        if value in {None, "", False}:
            task.pop(name, None)
        else:
            task[name] = value
    task.setdefault("title", "")
    task.setdefault("status", "needsAction")
    if task["status"] == "completed":
        task.setdefault("completed", account.now())
    else:
        task.pop("completed", None)
        task.pop("hidden", None)
    account.touch(task)


def tasks_app(google: Google, account: TasksAccount) -> FastAPI:  # noqa: PLR0915, one route after the other
    """The API of this account."""
    app = FastAPI()

    @app.get("/tasks/v1/users/@me/lists")
    def list_lists(maxResults: int = 1000, pageToken: str | None = None) -> Json:
        account.list_of(DEFAULT)
        if not 0 < maxResults <= 1000:
            raise Refuse(400, "invalid", "Invalid Value")
        return {"kind": "tasks#taskLists", "etag": '"lists"', **paged(list(account.lists.values()), maxResults, pageToken)}  # fmt: skip

    @app.get("/tasks/v1/users/@me/lists/{list_id}")
    def get_list(list_id: str) -> Json:
        return account.list_of(list_id)

    @app.post("/tasks/v1/users/@me/lists")
    def insert_list(new: Json) -> Json:
        account.list_of(DEFAULT)
        if not new.get("title") or len(new["title"]) > 1024:
            raise Refuse(400, "invalid", "Invalid Value")
        return account.lists[account.add_list(new["title"])]

    @app.get("/tasks/v1/lists/{list_id}/tasks")
    def list_tasks(request: Request, list_id: str, maxResults: int = 20, pageToken: str | None = None) -> Json:
        if not 0 < maxResults <= 100:
            raise Refuse(400, "invalid", "Invalid Value")
        asked = request.query_params
        found = [account.shown(list_id, task) for task in account.in_list(list_id) if visible(task, dict(asked))]
        return {"kind": "tasks#tasks", "etag": '"tasks"', **paged(found, maxResults, pageToken)}

    @app.get("/tasks/v1/lists/{list_id}/tasks/{task_id}")
    def get_task(list_id: str, task_id: str) -> Json:
        return account.shown(list_id, account.find(list_id, task_id))

    @app.post("/tasks/v1/lists/{list_id}/tasks")
    def insert_task(list_id: str, new: Json, previous: str | None = None, parent: str | None = None) -> Json:
        account.list_of(list_id)
        fields = checked(new)
        fields.pop("deleted", None)
        task = {"kind": "tasks#task", "id": account.new_id()}
        account.put(task, list_id, previous, parent)
        write(account, task, fields)
        return account.shown(list_id, task)

    @app.patch("/tasks/v1/lists/{list_id}/tasks/{task_id}")
    def patch_task(request: Request, list_id: str, task_id: str, body: Json) -> Json:
        task = account.find(list_id, task_id)
        wanted = request.headers.get("if-match")
        if wanted not in {None, "*", task["etag"]}:
            raise Refuse(412, "conditionNotMet", "Precondition Failed")
        write(account, task, checked(body, task))
        return account.shown(list_id, task)

    @app.post("/tasks/v1/lists/{list_id}/tasks/{task_id}/move")
    def move_task(
        list_id: str,
        task_id: str,
        previous: str | None = None,
        parent: str | None = None,
        destinationTasklist: str | None = None,
    ) -> Json:
        task = account.find(list_id, task_id)
        if task.get("deleted"):
            raise Refuse(404, "notFound", "Not Found")
        to = destinationTasklist or list_id
        account.list_of(to)
        if task_id in {previous, parent} or (task.get("hidden") and (previous or parent)):
            raise Refuse(400, "invalid", "Invalid task ID")
        if previous is not None:
            account._neighbour(to, previous)
        there = account.tasks[list_id]
        place = there.index(task)
        there.remove(task)
        if to != list_id:
            grave = {"kind": "tasks#task", "id": task_id, "title": task["title"], "status": task["status"], "deleted": True}  # fmt: skip
            there.insert(place, grave)
            account.touch(grave)
            account.tasks[to] = [one for one in account.tasks[to] if one["id"] != task_id]
        account.put(task, to, previous, parent)
        account.touch(task)
        return account.shown(to, task)

    @app.delete("/tasks/v1/lists/{list_id}/tasks/{task_id}", status_code=204)
    def delete_task(list_id: str, task_id: str) -> Response:
        task = account.find(list_id, task_id)
        if task.get("deleted"):
            raise Refuse(404, "notFound", "Not Found")
        for one in [task, *(child for child in account.standing(list_id) if child.get("parent") == task_id)]:
            account.remove(one)
            if "assignmentInfo" in one:
                account.originals_deleted.append(one["title"])
        return Response(status_code=204)

    return behind_door(app, google, "tasks", "v1")


def visible(task: Json, asked: Json) -> bool:
    """Whether a listing shows it."""

    def yes(name: str, default: str = "false") -> bool:
        return bool(asked.get(name, default) == "true")

    if task.get("deleted") and not yes("showDeleted"):
        return False
    if task.get("hidden") and not yes("showHidden"):
        return False
    if task["status"] == "completed" and not yes("showCompleted", "true"):
        return False
    if "assignmentInfo" in task and not yes("showAssigned"):
        return False
    if "updatedMin" in asked:
        return datetime.fromisoformat(task["updated"]) >= datetime.fromisoformat(asked["updatedMin"])
    return True


def paged(items: list[Json], size: int, token: str | None) -> Json:
    """One page; a token is only good as it was given."""
    start = 0
    if token is not None:
        if not token.startswith("page-") or not token[5:].isdecimal():
            raise Refuse(400, "invalid", "Invalid page token")
        start = int(token[5:])
    page: Json = {"items": items[start : start + size]}
    if not page["items"]:
        del page["items"]  # as Google leaves it out
    return page | ({"nextPageToken": f"page-{start + size}"} if len(items) > start + size else {})
