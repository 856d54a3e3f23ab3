"""A write to Google's calendar as a list of steps, made from what is known, each of which can be run twice and undone."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from integrations.calendar import EventChange, NewEvent
from integrations.calendar.details import Details, details
from integrations.calendar.edits import Edit, ended_before
from integrations.calendar.google_events import (
    GONE,
    Home,
    Raw,
    body_of,
    content,
    details_of,
    difference,
    gone,
    in_zone,
    instance_id,
    instance_of,
    stamp_in,
    without_nulls,
)
from integrations.calendar.google_series import Foreign, Whole, lines_of, settled
from integrations.calendar.rules import Rule
from integrations.calendar.series import MISSING, Series, aligned, start_of
from integrations.errors import Invalid, NotFound

CARRIED = ("reminders", "colorId", "visibility", "transparency", "guestsCanModify", "guestsCanInviteOthers", "guestsCanSeeOtherGuests", "conferenceData", "extendedProperties", "source", "attachments")  # fmt: skip
"""What the rest of a series takes along when it becomes a series of its own."""
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request. `was` is what the thing looked like when this was planned (None: that doesn't matter)."""

    do: Literal["insert", "patch", "delete"]
    calendar: str
    id: str
    body: Raw = field(default_factory=dict)
    etag: str | None = None
    was: str | None = None
    notify: bool = False
    undo: tuple["Step", ...] = ()

    @property
    def revives(self) -> bool:
        """Whether it brings back what was deleted, all of it."""
        return self.do == "patch" and self.body.get("status") == "confirmed" and "_" not in self.id

    def as_new(self) -> "Step":
        """One like it, where the old one can't come back."""
        body = {name: value for name, value in self.body.items() if name != "status"}
        return replace(self, do="insert", body=without_nulls(body) | {"id": self.id}, etag=None)

    def as_json(self) -> Json:
        """All of it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Json) -> "Step":
        """From what `as_json` gave."""
        return cls(**kept | {"undo": tuple(cls.of(one) for one in kept["undo"])})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do, and which occurrence (`stamp`) of which event it is about afterwards.

    `alone`: only that occurrence counts for the undo; others of its series may be changed in between.
    """

    steps: tuple[Step, ...]
    series: str
    stamp: str | None = None
    alone: bool = False
    origin: tuple[str, str | None] | None = None
    """What it was called before, where that is something else."""
    act: Literal["add", "change", "cancel", "revert"] = "change"

    def told(self, guests: bool) -> "Plan":
        """The same, of which guests hear by mail or not; what would take it back is for another time to say."""
        return self if guests else replace(self, steps=tuple(replace(one, notify=False) for one in self.steps))

    def as_json(self) -> Json:
        """All of it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Json) -> "Plan":
        """From what `as_json` gave."""
        origin = tuple(kept["origin"]) if kept["origin"] else None
        return cls(**kept | {"steps": tuple(Step.of(one) for one in kept["steps"]), "origin": origin})


def of_new(home: Home, new: NewEvent, name: str, intent: str) -> Plan:
    """Put something on the calendar. Raises `Invalid`."""
    shown = in_zone(details(new), home.zone)
    rule = Rule.parse(new.recurrence) if new.recurrence else None
    shown = aligned(shown, rule) if rule else shown
    body = without_nulls(body_of(shown)) | _named(intent)
    if rule:
        body["recurrence"] = lines_of(rule, shown, [])
    if new.meet:
        body["conferenceData"] = meeting(name)
    return Plan(steps=(_insert(home, name, body, bool(new.guests)),), series=name, act="add")


def meeting(name: str) -> Raw:
    """The wish for a place to meet on a screen; the same name asks for the same one."""
    return {"createRequest": {"requestId": name, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


def of_one_changed(home: Home, raw: Raw, change: EventChange) -> Plan:
    """Change a single event that doesn't repeat, or one occurrence. Raises `Invalid`."""
    if change.recurrence is not None:
        raise Invalid("A single occurrence can't repeat differently; change the whole series.")
    old = details_of(raw, home.zone)
    new = in_zone(old.changed(_zoned(old, change)), home.zone)
    body = difference(old, new, raw)
    notify = bool(old.guests or new.guests)
    step = _patch(home, raw, body, difference(new, old, raw), notify) if body else None
    return Plan(steps=(step,) if step else (), series=raw["id"], alone=True)


def of_one_cancelled(home: Home, raw: Raw) -> Plan:
    """Take one occurrence off, or an event that doesn't repeat."""
    back = _back(home, raw)
    return Plan(steps=(_delete(home, raw, (back,)),), series=raw["id"], alone=True, act="cancel")


def of_all_cancelled(whole: Whole) -> Plan:
    """Take it off altogether; its exceptions go with it, and have to come back with it."""
    undo = (_back(whole.home, whole.raw), *_exceptions_again(whole))
    return Plan(steps=(_delete(whole.home, whole.raw, undo),), series=whole.raw["id"], act="cancel")


def of_rest_cancelled(whole: Whole, stamp: str) -> Plan:
    """End a series before one of its occurrences."""
    return Plan(steps=_trimmed(whole, stamp), series=whole.raw["id"], origin=(whole.raw["id"], stamp), act="cancel")


def of_all_changed(whole: Whole, stamp: str | None, change: EventChange) -> Plan:
    """Change a series, told of one of its occurrences, or something that is to become one."""
    edit = Edit(whole.series, stamp, _zoned(whole.series.base, change))
    new = settled(edit.whole(), whole.home.zone)
    steps = tuple(_rewritten(whole, new))
    return Plan(steps=steps, series=new.id, stamp=edit.told_of(new), origin=(whole.raw["id"], stamp))


def of_rest_changed(whole: Whole, stamp: str, change: EventChange, name: str, intent: str) -> Plan:
    """A series of its own from one occurrence on; the old one ends before it."""
    edit = Edit(whole.series, stamp, _zoned(whole.series.base, change))
    new = replace(settled(edit.rest(), whole.home.zone), id=name)
    if isinstance(whole.series.rule, Foreign):
        whole.series.rule.after(0)
    home, carried = whole.home, {key: whole.raw[key] for key in CARRIED if key in whole.raw}
    body = carried | without_nulls(body_of(new.base, whole.raw)) | _named(intent, carried)
    if new.rule:
        body["recurrence"] = lines_of(new.rule, new.base, [one for one, own in new.exceptions.items() if own is None])
    notify = bool(whole.series.base.guests or new.base.guests)
    steps = [_insert(home, name, body, notify)]
    made = body | {"id": name}
    for one, own in new.exceptions.items():
        if own is not None:
            steps.append(_exception(home, made, one, new.occurrence(one), undo=()))
    return Plan(
        steps=(*steps, *_trimmed(whole, stamp)), series=name, stamp=edit.told_of(new), origin=(whole.raw["id"], stamp)
    )


def filled(step: Step, result: Raw | None, home: Home) -> tuple[Step, ...]:
    """What takes a step back, now that it is known what came of it."""
    if result is None:
        return step.undo
    first, *rest = step.undo or (None,)
    if first is None:
        return ()
    known = replace(first, id=result["id"], etag=result.get("etag"), was=content(result, home.zone))
    return (known, *(one for one in rest if one is not None))


def _zoned(old: Details, change: EventChange) -> EventChange:
    """An all-day event has no zone with Google: it is on the same day wherever one looks."""
    stays = change.all_day is True or (old.all_day and change.all_day is not False)
    return replace(change, zone=None) if stays else change


def _rewritten(whole: Whole, new: Series) -> Iterable[Step]:
    """From a series to another one under the same id."""
    old, home, raw = whole.series, whole.home, whole.raw
    same_names = old.base.all_day == new.base.all_day
    there = {one for one in whole.exceptions if old.rule and old.has(one)}
    stay = {one for one in there if same_names and new.rule and new.has(one)}
    notify = bool(old.base.guests or new.base.guests)
    for one in sorted(there - stay):
        if not gone(whole.exceptions[one]):  # Google may leave it standing where its series no longer is
            shown = details_of(whole.exceptions[one], home.zone)
            yield _delete(home, whole.exceptions[one], (_exception(home, raw, one, shown, undo=()),), quiet=True)
    out = [one for one, own in new.exceptions.items() if own is None and one not in stay]
    lines = _lines(whole, new, out)
    body, back = difference(old.base, new.base, raw), difference(new.base, old.base, raw)
    if lines is not None:
        body["recurrence"], back["recurrence"] = lines, list(raw.get("recurrence", ()))
    if body:
        lost = [one for one in there - stay if gone(whole.exceptions[one])]
        yield _patch(home, raw, body, back, notify, *(_removal(home, raw, one) for one in sorted(lost)))
    yield from _exceptions_rewritten(whole, new, stay)


def _lines(whole: Whole, new: Series, out: list[str]) -> list[str] | None:
    """The recurrence as it has to be, None where it is so already."""
    old = whole.series
    if new.rule is None:
        return [] if old.rule else None
    outs = {one for one, own in old.exceptions.items() if own is None and one not in whole.exceptions}
    if old.rule and new.rule.text == old.rule.text and set(out) == outs and old.base.all_day == new.base.all_day:
        return None
    return lines_of(new.rule, new.base, out)


def _exceptions_rewritten(whole: Whole, new: Series, stay: set[str]) -> Iterable[Step]:
    home, raw, old = whole.home, whole.raw, whole.series
    if new.rule is None:
        return
    made = raw | without_nulls(body_of(new.base, raw))
    for one in sorted(stay | {one for one, own in new.exceptions.items() if own is not None}):
        before = whole.exceptions.get(one) if one in stay else None
        own = new.exceptions.get(one, {})
        if own is None:
            if before is not None and not gone(before):
                yield _delete(home, before, (_back(home, before),))
            continue
        shown = new.occurrence(one)
        if before is not None and not gone(before) and details_of(before, home.zone) == shown:
            continue
        if before is not None and not gone(before):
            undo: tuple[Step, ...] = (_back(home, before),)
        elif before is not None or not (old.rule and old.has(one) and old.base.all_day == new.base.all_day):
            undo = (_removal(home, made, one),)
        else:
            undo = (_exception(home, raw, one, old.regular(one), undo=()),)
        yield _exception(home, made, one, shown, undo=undo)


def _trimmed(whole: Whole, stamp: str) -> tuple[Step, ...]:
    """The old series ends before the occurrence."""
    new, home, raw = ended_before(whole.series, stamp), whole.home, whole.raw
    if new.rule is None:
        raise NotFound(MISSING)
    out = [one for one in new.exceptions if new.exceptions[one] is None and one not in whole.exceptions]
    later = {one: own for one, own in whole.exceptions.items() if one >= stamp and whole.series.has(one)}
    gone_again = (_removal(home, raw, one) for one, own in sorted(later.items()) if gone(own))
    body = {"recurrence": lines_of(new.rule, new.base, out)}
    back = {"recurrence": list(raw.get("recurrence", ()))}
    orphans = [
        _delete(home, own, (_exception(home, raw, one, details_of(own, home.zone), undo=()),), quiet=True)
        for one, own in sorted(later.items())
        if not gone(own)
    ]
    return (*orphans, _patch(home, raw, body, back, bool(whole.series.base.guests), *gone_again))


def _exceptions_again(whole: Whole) -> Iterable[Step]:
    for one, own in sorted(whole.exceptions.items()):
        if not (whole.series.rule and whole.series.has(one)):
            continue
        if gone(own):
            yield _removal(whole.home, whole.raw, one)
        else:
            yield _exception(whole.home, whole.raw, one, details_of(own, whole.home.zone), undo=())


def _insert(home: Home, name: str, body: Raw, notify: bool) -> Step:
    undo = Step(do="delete", calendar=home.id, id=name, notify=notify)
    return Step(do="insert", calendar=home.id, id=name, body=body | {"id": name}, notify=notify, undo=(undo,))


def _patch(home: Home, raw: Raw, body: Raw, back: Raw, notify: bool, *more: Step) -> Step:
    undo = Step(do="patch", calendar=home.id, id=raw["id"], body=back, notify=notify)
    return Step(
        do="patch", calendar=home.id, id=raw["id"], body=body, notify=notify, etag=raw.get("etag"),
        was=content(raw, home.zone), undo=(undo, *more),
    )  # fmt: skip


def _delete(home: Home, raw: Raw, undo: tuple[Step, ...], *, quiet: bool = False) -> Step:
    notify = bool(details_of(raw, home.zone).guests) and not quiet
    was = content(raw, home.zone)
    return Step(do="delete", calendar=home.id, id=raw["id"], notify=notify, etag=raw.get("etag"), was=was, undo=undo)


def _removal(home: Home, master: Raw, stamp: str) -> Step:
    """Cancel one occurrence, as it was or is no longer wanted."""
    return Step(do="delete", calendar=home.id, id=instance_id(master, stamp, home.zone))


def _exception(home: Home, master: Raw, stamp: str, shown: Details, *, undo: tuple[Step, ...]) -> Step:
    """One occurrence so, whatever it was."""
    body = body_of(shown, master) | {"status": "confirmed"}
    name = instance_id(master, stamp, home.zone)
    return Step(do="patch", calendar=home.id, id=name, body=body, undo=undo)


def _back(home: Home, raw: Raw) -> Step:
    """What was deleted is there again, all of it."""
    shown = details_of(raw, home.zone)
    body = body_of(shown, raw) | {"status": "confirmed"}
    if raw.get("recurrence"):
        body["recurrence"] = list(raw["recurrence"])
    return Step(do="patch", calendar=home.id, id=raw["id"], body=body, notify=bool(shown.guests))


def _named(intent: str, carried: Raw | None = None) -> Raw:
    """Our mark on what we made: found again by it, and told from a stranger's of the same id."""
    own = dict((carried or {}).get("extendedProperties", {}))
    return {"extendedProperties": own | {"private": own.get("private", {}) | {"intentId": intent}}}


def followers(whole: Whole, master: Raw | None) -> Iterable[Step]:
    """Occurrences that were changed and put back are exceptions for Google for ever: they have to follow their series."""
    if master is None or not whole.series.rule:
        return
    after = Whole(whole.home, master, {})
    for one, own in sorted(whole.exceptions.items()):
        regular = not gone(own) and whole.series.has(one) and one not in whole.series.exceptions
        if regular and after.series.rule and after.series.has(one):
            shown = after.series.regular(one)
            if details_of(own, whole.home.zone) != shown:
                yield _exception(whole.home, master, one, shown, undo=())


def of_undo(home: Home, inverse: Json, wholes: Iterable[Whole], now: Mapping[str, Raw | None]) -> Plan:
    """Take a write back; `wholes` are the series it is about, as they are `now`."""
    steps = [Step.of(one) for one in inverse["steps"]]
    after = dict(now)
    for step in steps:
        after[step.id] = predicted(home, after, step)
    said = {step.id for step in steps}
    for whole in wholes:
        steps += [step for step in followers(whole, after.get(whole.raw["id"])) if step.id not in said]
    series, stamp = inverse["told"]
    return Plan(steps=tuple(steps), series=series, stamp=stamp, alone=inverse["alone"], act="revert")


def predicted(home: Home, now: Mapping[str, Raw | None], step: Step) -> Raw | None:
    """What Google will make of a step, as far as that can be told beforehand."""
    old = now.get(step.id)
    if step.do == "delete":
        return None
    if step.do == "insert":
        return {"status": "confirmed", "iCalUID": f"{step.id}@google.com"} | step.body
    master, stamp = stamp_in(step.id, home.zone)
    if (old is None or "start" not in old) and stamp and (whole := now.get(master)):
        old = instance_of(whole, stamp, home.zone)
    return merged(old or {"id": step.id}, step.body)


def merged(old: Raw, new: Raw) -> Raw:
    """As a patch does: objects field by field, lists as a whole, null takes away."""
    found = dict(old)
    for name, value in new.items():
        if isinstance(value, dict):
            found[name] = merged(found.get(name) or {}, value)
        else:
            found[name] = value
    return {name: value for name, value in found.items() if value is not None and (name, value) != ("recurrence", [])}


def renamed(step: Step, old: str, new: str) -> Step:
    """The same with another id."""
    if step.id != old and not step.id.startswith(f"{old}_"):
        return step
    body = step.body | ({"id": new} if step.body.get("id") == old else {})
    undo = tuple(renamed(one, old, new) for one in step.undo)
    return replace(step, id=step.id.replace(old, new, 1), body=body, undo=undo)


def mark_of(whole: Whole | None) -> str:
    """What an undo finds unchanged, or doesn't happen."""
    return GONE if whole is None or gone(whole.raw) else whole.mark


def occurrence_of(whole: Whole, stamp: str) -> Raw:
    """One occurrence as Google would give it. Raises `NotFound`."""
    if (own := whole.exceptions.get(stamp)) is not None:
        if gone(own):
            raise NotFound(MISSING)
        return own
    whole.series.occurrence(stamp)
    return instance_of(whole.raw, stamp, whole.home.zone)


def starts_with(whole: Whole, stamp: str) -> bool:
    """Whether there is nothing of the series before this occurrence."""
    return start_of(stamp) <= whole.series.base.starts
