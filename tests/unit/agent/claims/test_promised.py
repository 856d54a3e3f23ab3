"""What is promised and comes to nothing, what is asked before anything is done, and what puts itself right."""

from collections.abc import Sequence

import pytest

from agent.claims import Conscience
from integrations.model import Call, Notice, Step
from tests.unit.agent.claims.judged import Told, heard, pieces, text
from tests.unit.agent.claims.streams import calendar, event, prompt, said

DAY = calendar(event("Swim squad", "07:00", "08:15"), event("Eye test", "11:20", "11:50", place="Mariahilfer Straße 9"), event("Call with Noor", "16:45", "17:15"))  # fmt: skip
EYES = "Eye test is tomorrow from 11:20 to 11:50 am, at Mariahilfer Straße 9."
GONE: Told = ("cancel_event", {"receipt": {"id": "h", "title": "Haircut", "starts": "2026-05-15T09:00:00+02:00", "ends": "2026-05-15T09:30:00+02:00"}, "say": "Haircut is off your calendar."})  # fmt: skip
NONE: Told = ("cancel_event", {"error": "not_found", "say": "I found no event called “haircut”."})
CANCEL = Call(id="c", tool="cancel_event", arguments={}, mind="model")
NOT_YET = " I haven't done that yet."


async def turn(*rounds: tuple[Sequence[Step], Sequence[Told]]) -> list[str]:
    """What is said in each round of one turn, with what the tools had told until then."""
    conscience = Conscience()
    return [text(await heard(steps, prompt(*told, asked="cancel my haircut"), conscience)) for steps, told in rounds]


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("I'll cancel your haircut.", NOT_YET), ("I'm cancelling your haircut now. One moment.", NOT_YET), ("I'll cancel it, then I'll add the milk.", NOT_YET),
        ("I'll cancel your haircut. Is that right?", ""), ("I'll cancel your haircut, shall I?", ""), ("If you like, I'll cancel your haircut.", ""),
        ("Once you say yes, I'll cancel it.", ""), ("Let me see.", ""),
        ("I'll cancel your haircut. Anything else? I can also move it.", NOT_YET), ("I'll cancel your haircut. Shall I, or not, as you like.", NOT_YET), ("I'll cancel your haircut. Shall I, or not?", ""),
    ],
)  # fmt: skip
async def test_a_promise_with_no_call_is_owned_up_to(answer: str, more: str) -> None:
    """Unless it waits for a word of theirs: the answer ends in a question, or says on what it depends."""
    assert await turn((pieces(answer), ())) == [answer + more]


async def test_a_promise_is_kept_by_what_is_called() -> None:
    """In that round, and known by what came of it in the next."""
    promise = [*pieces("I'll cancel your haircut."), CANCEL]
    assert await turn((promise, ()), (pieces("Okay."), (GONE,))) == ["I'll cancel your haircut.", "Okay."]
    assert await turn((promise, ()), (pieces("Hm."), (NONE,))) == ["I'll cancel your haircut.", "Hm."]
    assert await turn((promise, ()), (pieces("Okay."), (DAY,))) == ["I'll cancel your haircut.", f"Okay.{NOT_YET}"]
    assert await turn((promise, ()), ([], ())) == ["I'll cancel your haircut.", NOT_YET.strip()]
    asked = [*pieces("I'll cancel your haircut. Shall I?"), CANCEL]
    assert await turn((asked, ()), ([], ())) == ["I'll cancel your haircut. Shall I?", ""]
    assert await turn((asked, ()), (pieces("Okay"), ())) == ["I'll cancel your haircut. Shall I?", f"Okay{NOT_YET.replace(' I', '. I')}"]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "let_go"),
    [
        ("I'll cancel it. It's done.", "I'll cancel it. I haven't done that."),
        ("I've cancelled it. I'll cancel it.", "I haven't cancelled or deleted anything there. I'll cancel it."),
        ("I'll cancel your haircut and I've told the barber.", "I haven't sent anything to anybody."),
    ],
)
async def test_it_is_owned_up_to_once(answer: str, let_go: str) -> None:
    """What tells that something wasn't done tells it of the promise as well."""
    assert await turn((pieces(answer), ())) == [let_go]


async def test_a_truth_and_a_promise_that_was_broken_are_both_told() -> None:
    """One after the other, at the end."""
    assert await turn((pieces("I'll cancel your haircut. The eye test is at noon."), (DAY,))) == [f"I'll cancel your haircut. {EYES}{NOT_YET}"]  # fmt: skip


async def test_what_is_owed_before_a_call_is_left_to_what_comes_of_it() -> None:
    """ "I've cancelled it", and only then it is called: the receipt tells."""
    assert await turn(([*pieces("I've cancelled it."), CANCEL], ()), (pieces("There."), (GONE,))) == ["", "There."]


@pytest.mark.parametrize(
    ("answer", "so"),
    [
        ("So the haircut is cancelled, right?", True), ("So the haircut is cancelled, isn't it?", True), ("The haircut is off – is that right?", True),
        ("I've cancelled the haircut, right?", False), ("So the haircut is cancelled, anything else?", False), ("So the haircut is cancelled, that's right.", False),
    ],
)  # fmt: skip
async def test_an_order_may_be_said_back_as_a_question(answer: str, *, so: bool) -> None:
    """A whole sentence that makes sure, before anything was called; ours are no questions."""
    assert (await turn((pieces(answer), ())) == [answer]) is so


async def test_no_order_no_making_sure() -> None:
    """Once tools have answered, or where nothing was to be done, it is a claim like any other."""
    answer = "So the haircut is cancelled, right?"
    assert await turn((pieces(answer), (NONE,))) == ["I found no event called “haircut”."]
    assert await said(answer, asked="how are you?") == "I haven't cancelled or deleted anything there."
    assert (
        await said(f"I've paid. {answer}", asked="cancel my haircut")
        == "I haven't done that. I haven't cancelled or deleted anything there."
    )


@pytest.mark.parametrize(
    ("answer", "let_go"),
    [
        ("The eye test is at noon, no, sorry, at 11:20.", None), ("The eye test is at noon – no, wait, it's at 11:20.", None),
        ("The eye test is at noon, sorry, at one, no, sorry, at 11:20.", None), ("The eye test is from noon, sorry, from 11:20 until ten to twelve.", None),
        ("The call goes on until six, I mean until a quarter past five.", None), ("The eye test is at noon, or rather the call with Noor is at 4:45 pm.", None),
        ("On Friday, no, tomorrow you have the eye test.", None), ("The eye test is at noon, I mean, At 11:20.", None),
        ("The eye test is at noon, no, sorry, at one.", EYES), ("The eye test is at noon, sorry.", EYES), ("The eye test is at noon, sorry, at 11:20, and the call with Noor is at six.", EYES),
        ("Sorry, the eye test is at noon.", f"Sorry. {EYES}"), ("The eye test is at noon, no, sorry!", EYES),
        ("Fine. The eye test is at noon, sorry, at 11:20. The eye test is at one.", f"Fine. The eye test is at noon, sorry, at 11:20. {EYES}"),
        ("The eye test is at one. The eye test is at noon, sorry, at 11:20.", EYES),
    ],
)  # fmt: skip
async def test_a_sentence_counts_by_what_it_ends_in(answer: str, let_go: str | None) -> None:
    """Whoever puts it right in the same breath has said it right; who says it wrong twice hasn't."""
    assert await said(answer, DAY) == (let_go or answer)


async def test_what_was_put_right_may_still_be_told_elsewhere() -> None:
    """The truth that wasn't needed counts as unsaid."""
    assert await said("The eye test is at noon, sorry, at 11:20. Well, the eye test is at noon.", DAY) == f"The eye test is at noon, sorry, at 11:20. Well. {EYES}"  # fmt: skip


async def test_what_code_says_of_the_mind_is_neither_held_nor_a_promise() -> None:
    """Who answers, and until when, stands in no row."""
    told = Notice(text="Your share of thinking for today is used up, so I'm answering with the basics until tomorrow.")
    assert await turn(([told, *pieces("Your haircut is cancelled.")], [GONE])) == [
        f"{told.text}Your haircut is cancelled."
    ]
    assert await turn(([told], [])) == [told.text]
