"""What is read back before others see something of an event, and the yes to it."""

from collections.abc import Sequence
from dataclasses import replace

from agent.acquaintances import Someone, listed, people, yes_to
from agent.asking import ask_first
from agent.audience import Audience, audience
from agent.calling_things import yes_about
from agent.context import Context
from agent.effects import Effect
from agent.saying import say_when, shortly
from agent.tools.base import Data
from agent.tools.references import event_name
from agent.when import When
from integrations.calendar import Event, EventChange, Scope

MUCH: dict[Scope, str] = {"one": "", "following": " and every one after it", "all": ", the whole series,"}


async def seen_by(ctx: Context, event: Event, scope: Scope | None) -> Audience:
    """Who sees what is done to so much of it."""
    with ctx.trust.aside():
        return await audience(ctx.calendar, event, scope or "one")


async def ask_to_invite(ctx: Context, title: str, told: str, invited: Sequence[str], exact: Data) -> None:
    """Guests see the new event: who they are, and all that they get to read. Raises `AskFirst`."""
    guests = await people(ctx, invited)
    video = " to meet by video" if exact["meet"] else ""
    await ask_first(
        ctx,
        "add_event",
        Effect.OUTBOUND,
        exact,
        f"This puts {shortly(title)}, {told}, on your calendar and invites {listed(guests)}{video}"
        f"{_attached(exact['place'], exact['notes'])}.",
        consent=yes_to("invite", guests),
        strangers=_strangers(guests),
        unheard=_unheard(exact["notes"]),
    )


async def ask_to_change(
    ctx: Context, old: Event, change: EventChange, scope: Scope | None, seen: Audience, asked: Data
) -> None:
    """People see the change: who they are and what they will see. Raises `AskFirst`."""
    exact = {**asked, "event": old.id, "etag": old.etag, "guests": list(change.guests or ())}
    added = [guest for guest in change.guests or () if guest not in old.guests]
    everyone = await people(ctx, list(dict.fromkeys([*seen.guests, *added])))
    new = [one for one in everyone if one.address in added]
    called = f"{shown_name(ctx, old)}{MUCH[scope or 'one'].rstrip(',')}"
    does = []
    if change.starts:
        exact["starts"] = change.starts.isoformat()
        to = When(starts=change.starts, ends=change.ends, all_day=change.all_day or False)
        does.append(f"moves {called} to {say_when(to, now=ctx.now, zone=ctx.zone, full=True)}")
    if new:
        does.append(f"invites {listed(new)}{'' if does else f' to {called}'}")
    does = does or [f"changes {called}"]
    if change.title:
        does.append(f"calls it {shortly(change.title)}")
    what = f"This {', and '.join(does)}{_attached(change.place, change.notes)}{_seen(seen)}."
    await ask_first(
        ctx,
        "change_event",
        Effect.OUTBOUND,
        exact,
        what,
        consent=yes_to("invite", new) if new else yes_about("move" if change.starts else "change", old.title),
        strangers=_strangers(everyone),
        unheard=_unheard(change.notes),
    )


async def ask_to_cancel(ctx: Context, old: Event, scope: Scope | None, seen: Audience) -> Effect:
    """It is taken away, and guests see that. Raises `AskFirst`."""
    effect = Effect.OUTBOUND if seen else Effect.DESTRUCTIVE
    await ask_first(
        ctx,
        "cancel_event",
        effect,
        {"event": old.id, "etag": old.etag, "scope": scope or "one"},
        f"This takes {shown_name(ctx, old)}{MUCH[scope or 'one']} off your calendar{_seen(seen)}.",
        consent=yes_about("cancel", old.title, it=not seen),
        reversible=True,
    )
    return effect


def shown_name(ctx: Context, event: Event) -> str:
    """An event as it is told apart from others, its title no longer than one listens to."""
    return event_name(ctx, replace(event, title=shortly(event.title)))


def _seen(seen: Audience) -> str:
    guests = f", and {_and(seen.guests)} can see that" if seen.guests else ""
    return f"{guests}, and whoever shares your calendar {shortly(seen.shared)} can see it" if seen.shared else guests


def _attached(place: str | None, notes: str | None) -> str:
    """What guests get to read besides."""
    at = f", at {shortly(place)}" if place else ""
    return f"{at}, with the note “{shortly(notes, HEARD)}”" if notes else at


def _strangers(everyone: Sequence[Someone]) -> list[str]:
    return [one.address for one in everyone if not one.known]


def _unheard(text: str | None) -> bool:
    return shortly(text, HEARD) != shortly(text, len(text)) if text else False


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


HEARD = 400
"""Characters of a text that are read out whole before others get it."""
