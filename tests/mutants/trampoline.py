"""Functions of which there are mutants: the one that runs is chosen at each call, and what the others would have given is compared with it."""

import dataclasses
import functools
import inspect
import random
import signal
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from re import Match
from typing import Any

Function = Callable[..., Any]
PATIENCE = 2.0
"""Seconds of the clock that a mutant has for what takes milliseconds: more is a loop without an end."""
DEAR, OFTEN, SELDOM = 0.0002, 1_500, 0.1
"""A function that takes more seconds than this has its mutants tried beside it so many times at most; then in one call of ten."""


class Endless(BaseException):
    """A mutant that doesn't come to its end. Not an Exception, so that nothing swallows it."""


@dataclass
class Desk:
    """What runs now, and what was seen of the mutants in the case at hand."""

    active: str = ""
    """The mutant that runs in place of its function; none when empty."""
    watching: bool = False
    """Whether the mutants of each call are tried as well."""
    alive: dict[str, list[tuple[str, Function]]] = field(default_factory=dict)
    """By function: the mutants that no case has caught yet."""
    tried: set[str] | None = None
    """The mutants that are tried at all; all of them when None."""
    differing: set[str] = field(default_factory=set)
    """Mutants that gave something else in this case."""
    calls: Counter[str] = field(default_factory=Counter)
    """How often the mutants of each function were tried."""
    dice: random.Random = field(default_factory=lambda: random.Random(6))
    known: dict[tuple[Any, ...], frozenset[str]] = field(default_factory=dict)
    """What differed when a function was called with these words before."""

    def drop(self, mutant: str) -> None:
        """It is tried no more."""
        for function, alive in self.alive.items():
            if function.startswith(mutant.partition(":")[0]):
                self.alive[function] = [pair for pair in alive if pair[0] != mutant]


desk = Desk()


def mutated(
    mutants: dict[str, Function], module: str, *, of_class: bool, stateful: bool
) -> Callable[[Function], Function]:
    """Decorates a function of which there are mutants; those of a class method are bound to its class.

    `stateful`: it changes what it is given, so a mutant can't be tried beside it.
    """

    def decorated(function: Function) -> Function:
        name, every = f"{module}:{function.__qualname__}", dict[str, Function]()
        lazy = inspect.isgeneratorfunction(function)
        unseen = stateful or inspect.isasyncgenfunction(function) or inspect.iscoroutinefunction(function)

        @functools.wraps(function)
        def called(*given: Any, **named: Any) -> Any:
            if not every:
                every.update(
                    {
                        f"{module}:{one}": _unbound(run) if of_class else run
                        for one, run in mutants.items()
                        if one != "_mutmut_orig"
                    }
                )
            if desk.active:
                return every.get(desk.active, function)(*given, **named)
            if not desk.watching:
                return function(*given, **named)
            if name not in desk.alive:
                desk.alive[name] = [pair for pair in every.items() if desk.tried is None or pair[0] in desk.tried]
            alive = desk.alive[name]
            if not alive:
                return function(*given, **named)
            if unseen:
                desk.differing.update(one for one, _ in alive)
                return function(*given, **named)
            return _beside(name, function, alive, given, named, lazy=lazy)

        return called

    return decorated


def _unbound(run: Function) -> Function:
    return lambda _, *given, **named: run(*given, **named)


def _beside(
    name: str,
    function: Function,
    alive: Sequence[tuple[str, Function]],
    given: Sequence[Any],
    named: dict[str, Any],
    *,
    lazy: bool,
) -> Any:
    """What the function gives; which of its mutants give something else is noted."""
    once = {at: [*one] for at, one in enumerate(given) if isinstance(one, Iterator)}

    def again() -> list[Any]:
        return [iter(once[at]) if at in once else one for at, one in enumerate(given)]

    began = time.perf_counter()
    result = function(*again(), **named)
    dear = time.perf_counter() - began > DEAR
    if dear and desk.calls[name] > OFTEN and desk.dice.random() > SELDOM:
        return result
    desk.calls[name] += 1
    iterates = lazy or isinstance(result, Iterator)
    result = [*result] if iterates else result
    plain = not named and all(isinstance(one, str | int | type(None)) for one in given)
    key = (name, *given) if plain else ()
    if plain and key in desk.known:
        desk.differing |= desk.known[key]
        return iter(result) if iterates else result
    desk.watching, found = False, set()
    for one, run in alive:
        if one in desk.differing:
            continue
        try:
            with patience():
                other = run(*again(), **named)
                other = [*other] if isinstance(other, Iterator) else other
                same = _same(result, other)
        except (Exception, Endless):  # noqa: BLE001 (a mutant may do anything)
            same = False
        if not same:
            found.add(one)
    desk.watching = True
    desk.differing |= found
    if plain:
        desk.known[key] = frozenset(found)
    return iter(result) if iterates else result


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Match) and isinstance(other, Match):
        return (one.re, one.span(), one.string) == (other.re, other.span(), other.string)
    if isinstance(one, list | tuple) and type(one) is type(other):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, types.FunctionType) and isinstance(other, types.FunctionType):
        told = [(it.__code__.co_code, it.__code__.co_consts, it.__code__.co_names) for it in (one, other)]
        cells = [[cell.cell_contents for cell in it.__closure__ or ()] for it in (one, other)]
        return told[0] == told[1] and _same(*cells)
    if dataclasses.is_dataclass(one) and type(one) is type(other):  # a day has a function in it
        return all(_same(getattr(one, field.name), getattr(other, field.name)) for field in dataclasses.fields(one))
    return type(one) is type(other) and bool(one == other)


class patience:  # noqa: N801 (used like a keyword)
    """Ends what takes far too long."""

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_: object) -> None:
    raise Endless


signal.signal(signal.SIGALRM, _too_long)
