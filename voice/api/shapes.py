"""What goes over the wire, as types: the contract that OpenAPI shows."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""ISO 8601 with the offset it was written with."""
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Effect = Literal["read", "private", "outbound", "destructive", "security"]
Address = Annotated[str, Field(max_length=320)]
"""Checked by whoever keeps it."""
Notify = Annotated[
    bool | None,
    Query(description="Whether guests get a mail of it; without it only those do whom the body itself invites."),
]
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
    busy: bool
    link: str
    pending: bool
    invited: bool = False


class CalendarInfo(BaseModel):
    """One of the person's calendars; `shown` ones count."""

    id: str
    name: str
    color: str
    primary: bool
    shown: bool
    writable: bool
    zone: str


class Free(BaseModel):
    starts: Moment
    ends: Moment


class Task(BaseModel):
    """`pending`: where it is kept (Google, say) may not know of it yet."""

    id: str
    title: str
    due: Day | None
    notes: str
    list: str
    done: bool
    etag: str
    pending: bool = False


class Reminder(BaseModel):
    id: str
    text: str
    due: Moment


class Notification(BaseModel):
    """`thing` is the id of what it is about (a reminder's), where it has one; `link` the page's address of it."""

    id: str
    about: str
    say: str
    link: str
    thing: str | None
    at: Moment
    read: bool


class Message(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    id: str
    thread: str
    box: Literal["inbox", "drafts", "outbox", "sent", "archive"]
    from_: str = Field(alias="from")
    to: list[str]
    cc: list[str]
    bcc: list[str] = Field(default_factory=list)
    subject: str
    snippet: str
    body: str
    at: Moment
    unread: bool
    important: bool
    reply_to: str | None
    leaves_at: Moment | None = None
    """When a mail in the outbox goes; until then it can be taken back."""
    partial: bool = False
    """`body` is only its beginning."""
    pending: bool = False
    """The mail account doesn't know of it yet."""


class MailInShort(BaseModel):
    """Which mail, by whom, about what."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    from_: str = Field(alias="from")
    subject: str


class MailThatMatters(MailInShort):
    """With the reason, in a few words."""

    why: str


class DigestItem(BaseModel):
    """Something a mail asks for; `quote` are its own words."""

    id: str
    text: str
    due: Day | None
    quote: str
    mail: MailInShort
    state: Literal["proposed", "accepted", "dismissed", "added"]
    """`added`: without asking, where the person allows it."""
    task_id: str | None


class Digest(BaseModel):
    """The mail of a day in short; `say` is fit to be spoken, `items` hold undecided ones of the last days too."""

    id: str
    date: Day
    say: str
    mails: list[MailThatMatters]
    items: list[DigestItem]
    unread: int
    written_at: Moment


class Memory(BaseModel):
    id: str
    text: str
    type: str
    category: str
    origin: str
    quote: str
    at: Moment
    turn_id: str | None
    conversation_id: str | None
    replaced_by: str | None
    witness: str


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
    consent: str = ""
    """What a yes by words has to say."""
    by_click: bool = False
    """Whether no words are enough."""
    origin: Literal["said", "own", "third party"] = "said"
    """Of the worst that had been read when it was asked."""
    origins: dict[str, Literal["said", "own", "third party"]] = {}
    """Where each argument comes from."""


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
    amends: str | None
    """The change that this one puts right; undoing one undoes both."""


class OfTask(BaseModel):
    """The task that a suggestion is for."""

    id: str
    title: str


class Suggestion(BaseModel):
    """Something for a free stretch, and why that and why then. `title` is what it would be called on the calendar."""

    id: str
    kind: Literal["deadline", "focus", "habit", "break"]
    title: str
    text: str
    why: str
    starts: Moment
    ends: Moment
    task: OfTask | None
    state: Literal["open", "accepted", "dismissed", "expired"]
    at: Moment


class Accepted(BaseModel):
    """A suggestion that is on the calendar now, and the line of the ledger that says so."""

    suggestion: Suggestion
    change: Change
