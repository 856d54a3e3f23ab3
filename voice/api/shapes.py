"""What goes over the wire, as types: the contract that OpenAPI shows."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""ISO 8601 with the offset it was written with."""
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Effect = Literal["read", "private", "outbound", "destructive"]
Address = Annotated[str, Field(max_length=320)]
"""Checked by whoever keeps it."""
Item = TypeVar("Item")


class Body(BaseModel):
    """What a client sends; a name we don't know is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Page(BaseModel, Generic[Item]):
    """Part of a list. `next` goes into `?next=` for what follows; null: that was all."""

    items: list[Item]
    next: str | None = None


class Problem(BaseModel):
    """A refusal (RFC 9457); `title` is fit to be shown."""

    type: str
    title: str
    status: int
    code: str
    errors: list[dict[str, str]] | None = None
    choices: list[str] | None = None


class Event(BaseModel):
    id: str
    title: str
    starts: Moment
    ends: Moment
    all_day: bool
    zone: str
    place: str
    notes: str
    guests: list[str]
    recurrence: str | None
    calendar: str
    source: str
    series: str | None
    etag: str


class Free(BaseModel):
    starts: Moment
    ends: Moment


class Task(BaseModel):
    id: str
    title: str
    due: Day | None
    notes: str
    list: str
    done: bool
    etag: str


class Reminder(BaseModel):
    id: str
    text: str
    due: Moment


class Message(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    id: str
    thread: str
    box: Literal["inbox", "drafts", "outbox", "sent", "archive"]
    from_: str = Field(alias="from")
    to: list[str]
    cc: list[str]
    subject: str
    snippet: str
    body: str
    at: Moment
    unread: bool
    important: bool
    reply_to: str | None


class Digest(BaseModel):
    """The inbox in short."""

    text: str
    unread: int
    important: list[Message]
    others: int


class Memory(BaseModel):
    id: str
    text: str
    type: str
    category: str
    origin: str
    quote: str
    at: Moment


class Action(BaseModel):
    """One tool call of a turn."""

    tool: str
    effect: Effect
    arguments: dict[str, Any]
    ok: bool
    error: str | None
    receipt: dict[str, Any] | None
    ms: float | None = None


class Pending(BaseModel):
    """What waits for the person's yes."""

    id: str
    tool: str
    effect: Effect
    arguments: dict[str, Any]
    say: str
    expires_at: Moment
    status: Literal["pending", "approved", "declined", "expired", "failed"]


class Decided(Pending):
    """An approval after the answer, with what was done."""

    action: Action | None


class Understood(BaseModel):
    """What the words were taken to mean."""

    tool: str
    arguments: dict[str, Any]


class Answer(BaseModel):
    """One turn answered."""

    conversation_id: str
    turn_id: str
    reply: str
    understood: Understood | None
    actions: list[Action]
    pending: Pending | None


class Turn(BaseModel):
    """A turn of the past. `heard` is as much of the reply as was heard when it was spoken over, else null."""

    id: str
    at: Moment
    channel: str
    said: str
    reply: str
    heard: str | None
    actions: list[Action]


class Conversation(BaseModel):
    conversation_id: str
    turns: list[Turn]


class ConversationLine(BaseModel):
    id: str
    started: Moment
    last: Moment
    title: str


class Change(BaseModel):
    """One line of the ledger."""

    id: str
    at: Moment
    tool: str
    effect: Effect
    say: str
    words: str
    arguments: dict[str, Any]
    receipt: dict[str, Any] | None
    undone_at: Moment | None


class Suggestion(BaseModel):
    id: str
    text: str
    task: Task
    starts: Moment
    ends: Moment
