"""Turning a typed function into something a mind can call."""

import inspect
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from agent.approval import AskFirst, digest, expiry, pending_json
from agent.context import Context
from agent.effects import Effect
from integrations.errors import ChronusError, Denied, Invalid
from integrations.model import Declaration
from integrations.store.changes import Change, Keeper

Data = dict[str, Any]


class Ambiguous(Invalid):
    """The words fit more than one thing; `choices` name them."""

    code = "ambiguous"

    def __init__(self, say: str, choices: Iterable[str] = ()) -> None:
        super().__init__(say)
        self.choices = tuple(choices)


@dataclass(frozen=True, kw_only=True)
class Done:
    """A write that has happened: what it says now where it was written, and what would take it back.

    Without an `inverse` it does not enter the ledger: an undo is not itself a change.
    """

    receipt: Data
    say: str
    keeper: Keeper
    inverse: Data | None
    result: Data | None = None
    """For the mind, where that is more than the receipt."""
    effect: Effect | None = None
    """Where it was more than the tool's usual one."""


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A function, with the words and the shape a mind needs to use it."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[..., Awaitable[Data | Done]]
    effect: Effect
    writes: bool

    @property
    def declaration(self) -> Declaration:
        """The tool as a mind sees it."""
        schema = self.arguments.model_json_schema()
        return Declaration(name=self.name, description=self.description, parameters=schema)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a call: for the mind (`content`), for the client (`action`), and what waits for a yes."""

    content: Data
    action: Data
    pending: Data | None = None


def tool(effect: Effect, *, writes: bool | None = None) -> Callable[[Callable[..., Awaitable[Data | Done]]], Tool]:
    """Declare a tool: name, docstring and annotations are the whole declaration, the effect is never guessed."""

    def declare(function: Callable[..., Awaitable[Data | Done]]) -> Tool:
        _, *parameters = inspect.signature(function, eval_str=True).parameters.values()
        fields: dict[str, Any] = {
            p.name: (p.annotation, ... if p.default is p.empty else p.default) for p in parameters
        }
        return Tool(
            name=function.__name__,
            description=inspect.getdoc(function) or "",
            arguments=create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields),
            run=function,
            effect=effect,
            writes=effect is not Effect.READ if writes is None else writes,
        )

    return declare


def ask_first(ctx: Context, tool_name: str, effect: Effect, exact: Mapping[str, Any], say: str) -> None:
    """Stop here unless the person has said yes to exactly this. Raises `AskFirst`."""
    said = {name: value for name, value in exact.items() if value not in (None, [], "")}
    if ctx.approved != digest(tool_name, said):
        raise AskFirst(say, effect=effect, exact=said)


Opening = Callable[[bool], AbstractAsyncContextManager[Context]]
"""Opens a context for one transaction; True when something may be written."""


class Toolbox:
    """The tools of one assistant."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._tools = {tool.name: tool for tool in tools}

    @property
    def declarations(self) -> list[Declaration]:
        """All tools as a mind sees them, always in the same order."""
        return [tool.declaration for tool in self._tools.values()]

    def only_known(self, name: str, arguments: Mapping[str, Any]) -> Data:
        """The arguments this tool takes; what was approved with them stands beside them, to be compared."""
        fields = self._tools[name].arguments.model_fields if name in self._tools else {}
        return {key: value for key, value in arguments.items() if key in fields and value is not None}

    def effect(self, name: str) -> Effect:
        """The declared effect; a tool nobody declared is treated as the worst."""
        return self._tools[name].effect if name in self._tools else Effect.DESTRUCTIVE

    async def call(
        self, opening: Opening, name: str, arguments: Mapping[str, Any], *, key: str | None = None
    ) -> Outcome:
        """Run one call in one transaction, once: a second call with the same `key` gets the first one's receipt.

        A refusal is an answer for the mind, never an exception; what was half done is undone with it.
        """
        began = time.perf_counter()
        try:
            outcome = await self._run(opening, name, dict(arguments), key)
        except ValidationError as error:
            outcome = self._refused(name, arguments, "bad_arguments", _first_mistake(error))
        except AskFirst as asked:
            outcome = await self._ask(opening, name, arguments, asked)
        except Ambiguous as error:
            outcome = self._refused(name, arguments, error.code, error.say, choices=list(error.choices))
        except ChronusError as error:
            outcome = self._refused(name, arguments, error.code, error.say)
        outcome.action["ms"] = round((time.perf_counter() - began) * 1000, 1)
        return outcome

    async def _run(self, opening: Opening, name: str, arguments: Data, key: str | None) -> Outcome:
        tool = self._tools.get(name)
        if tool is None:
            return self._refused(name, arguments, "no_such_tool", f"I have no tool called {name}.")
        checked = tool.arguments.model_validate(arguments)
        given = {field: getattr(checked, field) for field in type(checked).model_fields}
        async with opening(tool.writes) as ctx:
            if key and tool.writes and (before := await ctx.changes.by_key(key)):
                return _done(name, arguments, Effect(before.effect), before.receipt or {}, before.say)
            answer = await tool.run(ctx, **given)
            if not isinstance(answer, Done):
                return Outcome(content={"result": answer}, action=_action(name, arguments, tool.effect, ok=True))
            effect = answer.effect or tool.effect
            if effect.needs_yes and ctx.approved is None:
                raise Denied
            change = None
            if answer.inverse is not None:
                change = await record(ctx, name, arguments, effect, answer, key=key)
        done = _done(name, arguments, effect, answer.receipt, answer.say, answer.result)
        done.action["change_id"] = change.id if change else None
        return done

    async def _ask(self, opening: Opening, name: str, arguments: Mapping[str, Any], asked: AskFirst) -> Outcome:
        """Put the exact action aside until the person says yes to it."""
        async with opening(True) as ctx:
            approval = await ctx.approvals.add(
                conversation_id=ctx.where.conversation_id if ctx.where else None,
                turn_id=ctx.where.turn_id if ctx.where else None,
                channel=ctx.channel,
                tool=name,
                effect=str(asked.effect),
                arguments=asked.exact,
                digest=digest(name, asked.exact),
                say=asked.say,
                asked_at=ctx.now,
                expires_at=expiry(ctx.now),
            )
            pending = pending_json(approval)
        content = {"error": asked.code, "say": asked.say, "pending": pending}
        action = _action(name, arguments, asked.effect, ok=False, error=asked.code)
        return Outcome(content=content, action=action, pending=pending)

    def _refused(self, name: str, arguments: Mapping[str, Any], code: str, say: str, **more: Any) -> Outcome:
        effect = self._tools[name].effect if name in self._tools else Effect.READ
        return Outcome(
            content={"error": code, "say": say, **more},
            action=_action(name, arguments, effect, ok=False, error=code),
        )


async def record(
    ctx: Context, tool_name: str, arguments: Mapping[str, Any], effect: Effect, done: Done, *, key: str | None = None
) -> Change:
    """Write a change into the ledger, in the transaction that made it."""
    return await ctx.changes.add(
        key=key,
        conversation_id=ctx.where.conversation_id if ctx.where else None,
        turn_id=ctx.where.turn_id if ctx.where else None,
        words=ctx.where.words if ctx.where else "",
        at=ctx.now,
        tool=tool_name,
        effect=str(effect),
        say=done.say,
        arguments=dict(arguments),
        receipt=done.receipt,
        keeper=done.keeper,
        inverse=done.inverse,
    )


def _done(name: str, arguments: Data, effect: Effect, receipt: Data, say: str, result: Data | None = None) -> Outcome:
    content = {"result": result or receipt, "receipt": receipt, "say": say}
    return Outcome(content=content, action=_action(name, arguments, effect, ok=True, receipt=receipt))


def _action(
    name: str,
    arguments: Mapping[str, Any],
    effect: Effect,
    *,
    ok: bool,
    error: str | None = None,
    receipt: Data | None = None,
) -> Data:
    return {
        "tool": name,
        "effect": str(effect),
        "arguments": dict(arguments),
        "ok": ok,
        "error": error,
        "receipt": receipt,
    }


def _first_mistake(error: ValidationError) -> str:
    mistake = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in mistake["loc"]) or "the arguments"
    return f"That call was not right: {place}: {mistake['msg'].lower()}."
