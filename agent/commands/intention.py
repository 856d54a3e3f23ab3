"""What a sentence was taken to mean, before anything is done about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["event", "task", "reminder", "message"]


Item = Mapping[str, Any]
"""One event, task, reminder or mail, as a tool told it."""


@dataclass(frozen=True, kw_only=True)
class Intention:
    """One tool call to make, words to say, or a question to ask back."""

    tool: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    missing: str | None = None
    """The argument that only the person can give; `say` asks for it."""
    say: str = ""
    """Words instead of, or as long as something is missing before, a call."""
    angle: str = ""
    """What about the result was asked: "where", "how long", "who", "busy"."""
    search: "Search | None" = None
    """What has to be looked up before it is known which call is right."""
    options: Mapping[Kind, "Finish"] = field(default_factory=dict)
    """What to do with the thing, for when it is only asked which one."""
    then: tuple["Intention", ...] = ()
    """Further calls that belong to it, made after the first went well."""
    onward: "Onward | None" = None
    """Makes the next step from what this call, which only looks, has found."""
    certain: bool = True
    """False when it only asks because it is not understood."""

    def with_arguments(self, **more: Any) -> "Intention":
        """The same with some arguments filled in."""
        return replace(self, arguments={**self.arguments, **more})


Finish = Callable[[Item], Intention]
"""Makes the call for the thing that was found."""


Onward = Callable[[Mapping[str, Any]], Intention]
"""Makes the next step from a result."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """A thing called by words that has to be found first, and what to do for each kind of thing it may be."""

    called: str
    options: Mapping[Kind, Finish]
    when: str = ""
    moment: str = ""
    """The hour of a reminder that is called by it, as it is stored."""
    exactly: bool = False
    """No second look for names that only sound like it."""
    otherwise: Intention | None = None
    """What is meant when there is no such thing."""


def words(say: str) -> Intention:
    """Nothing but words."""
    return Intention(say=say)


def ask(tool: str, missing: str, say: str, **arguments: Any) -> Intention:
    """A call that lacks one thing, and the question for it."""
    given = {name: value for name, value in arguments.items() if value not in (None, "", [])}
    return Intention(tool=tool, arguments=given, missing=missing, say=say)


def call(tool: str, angle: str = "", **arguments: Any) -> Intention:
    """A call with everything in place; empty arguments are left out."""
    given = {name: value for name, value in arguments.items() if value not in (None, "", [])}
    return Intention(tool=tool, arguments=given, angle=angle)
