"""What is told on one day, and how far it was heard, for every word and every change that can come between."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from agent.briefing.hearing import reached
from agent.briefing.items import Item
from agent.briefing.script import REPEATED, Script

LEAD = "Here is your Wednesday, March 4."
NEWS = "Here is what's new since this morning."


def event(name: str, clock: str) -> Item:
    return Item(kind="event", text=f"At {clock}: {name}, Room 2.", name=name, source=name)


def task(name: str, *, late: bool = False) -> Item:
    return Item(kind="task", text=f"{name} is {'overdue' if late else 'due today'}.", name=name, source=name)


def mail(name: str, subject: str) -> Item:
    return Item(kind="mail", text=f"{name} wrote about “{subject}”.", name=name, source=name)


names = st.sampled_from(["Dentist", "Budget review", "Lunch with Anna", "Yoga", "Call the bank"])
things = st.one_of(
    st.builds(event, names, st.sampled_from(["9 am", "9:30 am", "noon", "3 pm"])),
    st.builds(task, names, late=st.booleans()),
    st.builds(mail, names, st.sampled_from(["Rent", "Re: the budget, again", "Wer kommt?"])),
)
days = st.lists(things, max_size=8, unique_by=lambda item: item.key)


def written(items: list[Item], before: Script | None = None, *, since: str = "") -> Script:
    return (before or Script()).rewritten(items, lead=LEAD, since=since)


@given(days, st.data())
def test_nothing_is_lost_and_three_words_at_most_come_twice(items: list[Item], data: st.DataObject) -> None:
    """Wherever it breaks off, going on loses no word and repeats three at most."""
    script = written(items)
    heard: list[str] = []
    while not script.finished:
        begins = script.resume()
        assert script.cursor - REPEATED <= begins <= script.cursor
        stops = data.draw(st.integers(script.cursor + 1, len(script.words)))
        heard = [*heard[:begins], *script.words[begins:stops]]
        script = script.at(stops)
    assert heard == script.words


def test_it_goes_on_where_a_sentence_or_a_breath_begins() -> None:
    """A few words back, if one begins there; else as few as help to follow."""
    script = written([event("Budget review", "9:30 am")])  # Here is your Wednesday, March 4. At 9:30 am: Budget …
    starts = {cut: script.at(cut).resume() for cut in range(len(script.words) + 1)}

    assert starts[0] == starts[1] == starts[3] == 0
    assert starts[4] == 4  # after "Wednesday,"
    assert starts[6] == starts[7] == starts[9] == 6  # "At 9:30 am:"
    assert (starts[10], starts[11], starts[12]) == (9, 11, 11)  # "Budget review,", "Room 2."


@given(days, days, st.integers(0, 200))
def test_what_was_heard_stays_as_it_was_said(before: list[Item], after: list[Item], heard: int) -> None:
    """However the day changes, the words that were heard stand where they stood, and writing it again changes nothing."""
    script = written(before).at(heard)
    since = NEWS if script.finished else ""
    new = written(after, script, since=since)

    kept = new.words[: script.reached]
    assert [word.rstrip("…") for word in kept] == [word.rstrip("…") for word in script.words[: script.reached]]
    assert (new.cursor, new.reached) == (script.cursor, script.reached)
    assert written(after, new, since=since) == new
    assert len({line.id for line in new.lines}) == len(new.lines)


@given(days.filter(bool), st.lists(days, min_size=1, max_size=4))
def test_nothing_is_told_twice_and_nothing_new_is_missed(first: list[Item], later: list[list[Item]]) -> None:
    """After all was heard, what is told is the difference to what was told, exactly."""
    script = written(first)
    script = script.at(len(script.words))
    known = {item.key: (item.kind, item.name, item.text) for item in first}
    for now in later:
        new = written(now, script, since=NEWS)
        told = [line.item.text for line in new.lines[len(script.lines) :]]
        there = {item.key: (item.kind, item.name, item.text) for item in now}

        assert sorted(told) == sorted(difference(known, there))
        assert new.text.count(NEWS) == script.text.count(NEWS) + bool(told)
        gone = {key: (kind, name, "") for key, (kind, name, _) in known.items() if key not in there and kind != "mail"}
        known, script = known | gone | there, new.at(len(new.words))


def difference(known: dict[str, tuple[str, str, str]], there: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """What somebody who knows all this has to be told of a day that is so."""
    for key, (_, _, text) in there.items():
        if key not in known:
            yield text
        elif known[key][2] != text:
            yield f"Changed: {text}"
    for key, (kind, name, text) in known.items():
        if key not in there and text and kind != "mail":
            yield f"{name} is no longer {'on your calendar today' if kind == 'event' else 'due'}."


@given(days.filter(bool), st.text(alphabet="ab. ", max_size=12), st.integers(0, 200), st.integers(0, 200))
def test_what_was_heard_of_a_reply_says_how_far(items: list[Item], before: str, begins: int, heard: int) -> None:
    """Whatever of ours stood before the briefing's own words, they are found again in what was heard."""
    words = written(items).words
    told = words[begins % len(words) :]
    ours = [*before.split(), "So."] if before.split() else []
    said = [*ours, *told][: heard % (len(ours) + len(told) + 1)]

    assert reached(said, told) == max(0, len(said) - len(ours))


def test_of_what_cannot_be_looked_at_nothing_counts_as_gone() -> None:
    """A part that fails becomes a sentence, once; what was known of it stays."""
    day = [event("Dentist", "9 am"), task("Rent"), task("Call the bank")]
    script = written(day).at(13)  # all of the dentist, nothing of the tasks
    trouble = Item(kind="trouble", text="I couldn't look at your tasks.", thing="tasks", fact="told")

    without = script.rewritten([day[0]], lost={frozenset({"task"}): trouble}, lead=LEAD)
    assert without == script

    first = Script().rewritten([day[0]], lost={frozenset({"task"}): trouble}, lead=LEAD)
    assert first.lines[-1].item == trouble
    again = first.at(99).rewritten(day, lead=LEAD, since=NEWS)
    assert [line.item.name for line in again.lines[2:]] == ["Rent", "Call the bank"]
    assert not again.at(99).rewritten([day[0]], lost={frozenset({"task"}): trouble}, lead=LEAD, since=NEWS).lines[4:]


def test_a_thing_that_moved_while_it_was_told_breaks_off_and_is_told_anew() -> None:
    """What was heard of the old is kept as far as it was heard; the new comes next, in an item of its own."""
    script = written([event("Dentist", "9 am"), event("Yoga", "3 pm")]).at(10)
    new = written([event("Dentist", "noon"), event("Yoga", "3 pm")], script)

    assert [line.item.text for line in new.lines] == [
        "At 9 am: Dentist,…",
        "Changed: At noon: Dentist, Room 2.",
        "At 3 pm: Yoga, Room 2.",
    ]
    assert [line.fresh for line in new.lines] == [False, True, False]
    assert new.resume() == 10
