"""Turning a typed function into something a mind can call."""

import inspect
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from agent.ages import how_old
from agent.amending import corrected
from agent.approval import AskFirst, digest, expiry, pending_json
from agent.context import Context
from agent.conversation import ALOUD
from agent.effects import Effect
from agent.origins import Origin, origins_of, said_by, texts_of
from integrations.errors import ChronusError, Invalid
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

    Without an `inverse` nothing was changed, and it does not enter the ledger: an undo is not itself a change.
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
class WordForWord:
    """An answer that is said to the person exactly so, whichever mind asked for it; the mind adds nothing."""

    say: str
    result: Data


Answered = Data | Done | WordForWord


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A function, with the words and the shape a mind needs to use it."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[..., Awaitable[Answered]]
    effect: Effect
    writes: bool
    gives: Origin = Origin.SAID
    """Whose words its answers hold at least, whatever is looked at for them."""

    @cached_property
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
    note: str | None = None
    """What the person should hear before the answer, whichever mind gives it."""
    say: str | None = None
    """The answer itself, where it is said word for word."""


def tool(
    effect: Effect, *, writes: bool | None = None, gives: Origin = Origin.SAID
) -> Callable[[Callable[..., Awaitable[Answered]]], Tool]:
    """Declare a tool: name, docstring and annotations are the whole declaration, the effect is never guessed."""

    def declare(function: Callable[..., Awaitable[Answered]]) -> Tool:
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
            gives=gives,
        )

    return declare


class Opening(Protocol):
    """Opens a context for one transaction."""

    def __call__(self, write: bool, key: str | None = None) -> AbstractAsyncContextManager[Context]:
        """`write`: whether something may be written; `key` names what is done in it, for keepers outside."""
        ...


class Toolbox:
    """The tools of one assistant."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._tools: dict[str, Tool] = {}
        for one in tools:
            if not isinstance(one.effect, Effect) or one.name in self._tools:
                raise TypeError(f"{one.name} doesn't declare what it does to the world, or there are two of that name")
            self._tools[one.name] = one

    @cached_property
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

    def writes(self, name: str) -> bool:
        """Whether it may change something."""
        return name in self._tools and self._tools[name].writes

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
            outcome = await self._ask(opening, name, arguments, asked, key)
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
        checked = _checked(tool.arguments, arguments)
        given = {field: getattr(checked, field) for field in type(checked).model_fields}
        async with opening(tool.writes, key) as ctx:
            if key and tool.writes and (before := await ctx.changes.by_key(key)) and not before.begun:
                return _done(name, arguments, Effect(before.effect), before.receipt or {}, before.say)
            ctx.trust.read(tool.gives)
            answer = await tool.run(ctx, **given)
            if not isinstance(answer, Done):
                action, note = _action(name, arguments, tool.effect, ok=True), await how_old(ctx, name)
                if isinstance(answer, WordForWord):
                    return Outcome(content={"result": answer.result}, action=action, note=note, say=answer.say)
                return Outcome(content={"result": answer}, action=action, note=note)
            effect = answer.effect or tool.effect
            if effect.needs_yes:
                ctx.trust.check(effect)
            change = await record(ctx, name, arguments, effect, answer, key=key)
        done = _done(name, arguments, effect, answer.receipt, answer.say, answer.result)
        done.action["change_id"] = change.id if change else None
        return done

    async def _ask(
        self, opening: Opening, name: str, arguments: Mapping[str, Any], asked: AskFirst, key: str | None
    ) -> Outcome:
        """Put the exact action aside until the person says yes to it."""
        exact = asked.exact
        async with opening(True, f"{key}:aside" if key else None) as ctx:
            if asked.aside:
                put = await asked.aside(ctx)
                exact = dict(put.exact)
                await record(ctx, put.tool, arguments, Effect.PRIVATE, put.done, key=ctx.key)
            approval = await ctx.approvals.add(
                conversation_id=ctx.where.conversation_id if ctx.where else None,
                turn_id=ctx.where.turn_id if ctx.where else None,
                channel=ctx.channel,
                tool=name,
                effect=str(asked.effect),
                arguments=exact,
                digest=digest(name, exact),
                say=asked.say,
                asked_at=ctx.now,
                expires_at=expiry(ctx.now),
                consent=asked.consent.json,
                by_click=asked.by_click,
                origin=str(ctx.trust.origin),
                origins=origins_of(exact, ctx.trust.words, ctx.trust.origin),
                heard_at=None if ctx.channel in ALOUD else ctx.now,
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
) -> Change | None:
    """Write a change into the ledger, in the transaction that made it; None where nothing was changed.

    What was written after others' words, in words the person didn't say, is marked as theirs.
    """
    if done.inverse is None:
        return None
    if ctx.trust.tainted and not said_by(ctx.trust.words, texts_of(arguments)):
        await ctx.mark(done.keeper, done.receipt)
    key = key or ctx.key
    if (before := await ctx.changes.by_key(key)) is not None:  # by whoever looks after what a crash left behind
        return before
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
        amends=await corrected(ctx, done.keeper, done.receipt),
    )


def _checked(shape: type[BaseModel], arguments: Data) -> BaseModel:
    """Raises `ValidationError`. Minds like to send what they leave out as empty: that is forgiven."""
    try:
        return shape.model_validate(arguments)
    except ValidationError:
        given = {name: value for name, value in arguments.items() if value not in (None, "", [])}
        if given == arguments:
            raise
        return shape.model_validate(given)


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
