"""An answer as it comes: when its clauses are let go, with which signature, and how a truth stands between them."""

from collections.abc import AsyncGenerator

import pytest

from agent.claims import Conscience
from agent.claims.clauses import Clauses
from integrations.model import Call, Notice, Step, Understood, Words
from tests.unit.agent.claims.judged import heard, pieces, text
from tests.unit.agent.claims.streams import calendar, event, prompt, said

DAY = calendar(event("Swim squad", "07:00", "08:15"), event("Eye test", "11:20", "11:50", place="Mariahilfer Straße 9"), event("Call with Noor", "16:45", "17:15"))  # fmt: skip
SWIM = "Swim squad is tomorrow from 7 to 8:15 am."
EYES = "Eye test is tomorrow from 11:20 to 11:50 am, at Mariahilfer Straße 9."
WHOLE = "You have three things tomorrow: Swim squad at 7 am, Eye test at 11:20 am and Call with Noor at 4:45 pm."
NOOR = "Call with Noor is tomorrow from 4:45 to 5:15 pm."
CHANGE = Call(id="c", tool="change_event", arguments={}, mind="model")


def words(told: str, signature: bytes | None = None, mind: str = "model") -> Words:
    """A piece of one mind."""
    return Words(text=told, signature=signature, mind=mind)


ANSWERS = (
    ("Sure, tomorrow begins with swim squad at seven. The eye test is at noon, so leave in time, and the call with Noor is at 4:45 pm.", f"Sure, tomorrow begins with swim squad at seven. {EYES}"),
    ("First swim squad, then the eye test at half past one, then the call with Noor. Shall I go on?", f"{SWIM} {EYES} Shall I go on?"),
    ("You have swim squad at seven, the eye test at 11:20, and the call with Noor at six.", f"You have swim squad at seven, the eye test at 11:20. {NOOR}"),
    ("I've moved the eye test to Friday. The call with Noor is at 4:45 pm.", "I haven't changed anything there. The call with Noor is at 4:45 pm."),
    ("Well: the *eye test* is at 11:20 – and I've told Noor.\n\nAnything else?", "Well: the *eye test* is at 11:20. I haven't sent anything to anybody. Anything else?"),
    ("Okay! Of course... the eye test is at 11:20", "Okay! Of course... the eye test is at 11:20"),
    ("Swim squad, eye test, call with Noor, in that order.", "Swim squad, eye test, call with Noor, in that order."),
    ("The eye test is at noon.\nThe call with Noor is at six.\nThe eye test is at noon.\n", f"{EYES} {NOOR}"),
)  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 7, 23, 400])
@pytest.mark.parametrize(("answer", "let_go"), ANSWERS)
async def test_the_same_is_said_in_whatever_pieces_it_comes(answer: str, let_go: str, size: int) -> None:
    """Letter by letter or all at once."""
    assert text(await heard(pieces(answer, size), prompt(DAY))) == let_go


CUT = (
    ("Sure, the dentist, Dr. Weber, is at 9.15 a.m. tomorrow: bring your card.", ["Sure,", " the dentist, Dr. Weber,", " is at 9.15 a.m. tomorrow:", " bring your card."]),
    ("It's at 9 a.m. Then you're free, e.g. Until noon.", ["It's at 9 a.m.", " Then you're free, e.g. Until noon."]),
    ("It's on Mill St. near the river. No. 9, I think. No. That's it.", ["It's on Mill St. near the river.", " No. 9, I think.", " No.", " That's it."]),
    ("It's done.Anything else? Version 2.Beta.", ["It's done.", "Anything else?", " Version 2.Beta."]),
    ('"Bring the *blue* one!" *Tom* wrote… on Monday.) Yes', ['"Bring the *blue* one!"', " *Tom* wrote…", " on Monday.)", " Yes"]),
    ("- Milk\n- Eggs and bread\n", ["- Milk\n", "- Eggs and bread\n"]),
    ("Well, the vet is late – and so is the train; the rest, I hear, isn't", ["Well,", " the vet is late –", " and so is the train;", " the rest, I hear,", " isn't"]),
    ("The vet and so is late", ["The vet and so is late"]), ("It's free, e.g. on Friday. Or not.", ["It's free, e.g. on Friday.", " Or not."]),
    ("The vet is late and so is the train", ["The vet is late ", "and so is the train"]),
)  # fmt: skip


@pytest.mark.parametrize(("told", "clauses"), CUT)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_clause_ends_where_one_breathes(told: str, clauses: list[str], size: int) -> None:
    """At a full stop, a comma after more than a few words, a dash, a line; not at an abbreviation, or in an hour."""
    cut = Clauses()
    found = [clause for at in range(0, len(told), size) for clause in cut.feed(told[at : at + size])]
    assert [*found, *cut.flush()] == clauses
    assert cut.flush() == []


async def test_a_clause_waits_for_nothing_but_its_end() -> None:
    """What is said so far is what has been judged: it is not kept for the rest of the sentence, or of the answer."""
    answer = "Swim squad is at seven, the eye test is at 11:20, and the call with Noor is at 4:45 pm. Shall I move it? I can."
    clauses = ("Swim squad is at seven,", " the eye test is at 11:20,", " and the call with Noor is at 4:45 pm.", " Shall I move it?")  # fmt: skip
    given: list[str] = []

    async def steps() -> AsyncGenerator[Step]:
        for step in pieces(answer, 1):
            yield step
            given.append(step.text if isinstance(step, Words) else "")

    said_so_far = ""
    async for step in Conscience().judged(steps(), prompt(DAY)):
        said_so_far += step.text if isinstance(step, Words) else ""
        assert len("".join(given)) - len(said_so_far) <= max(map(len, clauses)) + 2
    assert said_so_far == answer


async def test_what_has_no_end_is_not_kept_for_ever() -> None:
    """After four hundred letters without a breath it is let go at a space; without a space it is cut."""
    for rhyme in ("la " * 200, "la" * 300):
        first = next(step for step in await heard(pieces(rhyme, 7), prompt()) if isinstance(step, Words))
        assert 390 < len(first.text) <= 400
        assert not first.text.endswith("l")
        assert text(await heard(pieces(rhyme, 7), prompt())) == rhyme


SIGNED: tuple[tuple[list[Step], list[tuple[str, bytes | None]]], ...] = (
    ([words("The eye test is at 11:20."), words("", b"one")], [("The eye test is at 11:20.", None), ("", b"one")]),
    ([words("The eye test is at 11:20.", b"one")], [("The eye test is at 11:20.", b"one")]),
    ([words("The eye test"), words(" is at 11:20.", b"one")], [("The eye test", None), (" is at 11:20.", b"one")]),
    (
        [words("The eye test is at 11:20, and the call"), words(" with Noor", b"one"), words(" is at 4:45 pm.", b"two")],
        [("The eye test is at 11:20", None), (", and the call", None), (" with Noor", b"one"), (" is at 4:45 pm.", b"two")],
    ),
    ([words("The eye test is at noon."), words(" The call with Noor is at 4:45 pm.", b"one")], [(EYES, None), (" The call with Noor is at 4:45 pm.", None)]),
    ([words("The eye test is at noon.", b"one")], [(EYES, None)]),
    ([words("The eye test is at 11:20. The call with Noor is at 4:45 pm. Shall", b"one")], [("The eye test is at 11:20. The call with Noor is at 4:45 pm. Shall", b"one")]),
)  # fmt: skip


@pytest.mark.parametrize(("steps", "let_go"), SIGNED)
async def test_a_signature_goes_with_its_own_words_alone(
    steps: list[Step], let_go: list[tuple[str, bytes | None]]
) -> None:
    """The piece that was signed, letter for letter; where something was replaced there is none left to sign."""
    found = await heard(steps, prompt(DAY))
    assert [(step.text, step.signature) for step in found if isinstance(step, Words)] == let_go


async def test_each_mind_speaks_for_itself() -> None:
    """The words of one are told before another begins, and as its own."""
    found = await heard([words("The eye test is at 11:20,"), words("Anything else?", mind="other")], prompt(DAY))
    assert [(step.text, step.mind) for step in found if isinstance(step, Words)] == [
        ("The eye test is at 11:20", "model"), (",", "model"), ("Anything else?", "other"),
    ]  # fmt: skip
    [found_by_code] = await heard([words("The eye test is at noon.", mind="")], prompt(DAY))
    assert isinstance(found_by_code, Words)
    assert (found_by_code.text, found_by_code.mind) == (EYES, "")


@pytest.mark.parametrize(
    ("one", "other", "let_go"),
    [
        ("Is it on Friday", "The eye test is at noon.", f"Is it on Friday. {EYES}"), ("Shall I look at Friday", "The eye test is at 11:20.", "Shall I look at FridayThe eye test is at 11:20."),
        ("The eye test is at noon, and", "Swim squad is at seven.", f"{EYES} Swim squad is at seven."), ("If you like", "I've told Noor.", "If you like. I haven't sent anything to anybody."),
    ],
)  # fmt: skip
async def test_a_sentence_is_one_minds(one: str, other: str, let_go: str) -> None:
    """What one has asked, supposed or said wrongly doesn't go on in the words of another."""
    assert text(await heard([words(one), words(other, mind="other")], prompt(DAY))) == let_go


GOES_ON = (
    ("On Friday, as far as I see, the eye test is at 11:20.", f"On Friday, as far as I see. {EYES}"), ("Tomorrow, as far as I see, the eye test is at 11:20.", None),
    ("Swim squad is over at 8:15. Then there's nothing until 11:20.", None), ("Swim squad is over at 8:15. Then there's nothing until four.", f"Swim squad is over at 8:15. {WHOLE}"),
    ("You start at seven, and after that you're free.", f"You start at seven. {WHOLE}"), ("The eye test ends at 11:50, after that you're free until 4:45 pm.", None),
    ("Here's a poem about tests. Letters swim till night, nobody is late.", None), ("Here's a story: once there was a fox. Your test is at noon.", f"Here's a story: once there was a fox. {EYES}"),
    ("Tomorrow you have swim squad. Nothing else.", f"Tomorrow you have swim squad. {WHOLE}"),
    ("Morgen hast du drei Termine.", None), ("Morgen hast du vier Termine.", WHOLE), ("Der Eye test ist morgen um 11:20 Uhr.", None), ("Der Eye test ist morgen um zwölf Uhr.", EYES),
)  # fmt: skip


@pytest.mark.parametrize(("answer", "let_go"), GOES_ON)
async def test_a_clause_is_understood_from_those_before_it(answer: str, let_go: str | None) -> None:
    """The day, the hour and the thing that were told last, a story that was begun; in German as in English."""
    assert await said(answer, DAY) == (let_go or answer)


async def test_what_is_said_before_a_call_comes_before_it() -> None:
    """Also the clause that nothing has ended; what isn't words passes as it is."""
    asked = Understood(tool="change_event", arguments={})
    found = await heard([words("Swim squad is at seven, I'll look"), CHANGE, words("One moment"), asked], prompt(DAY))
    assert [step.text if isinstance(step, Words) else step for step in found] == [
        "Swim squad is at seven", ",", " I'll look", CHANGE, "One moment", asked,
    ]  # fmt: skip


async def test_a_reader_who_leaves_ends_the_mind() -> None:
    """What it holds open is let go."""
    closed = []

    async def steps() -> AsyncGenerator[Step]:
        try:
            yield words("The eye test is at 11:20. The call")
            yield words(" with Noor is at 4:45 pm.")
        finally:
            closed.append(True)

    judged = Conscience().judged(steps(), prompt(DAY))
    await anext(judged)
    assert isinstance(judged, AsyncGenerator)
    await judged.aclose()
    assert closed


APART = (
    ("The eye test is at noon. Shall I move it?", f"{EYES} Shall I move it?"),
    ("The eye test is at noon.Shall I move it?", f"{EYES} Shall I move it?"),
    ("Swim squad is at seven.The eye test is at noon.", f"Swim squad is at seven. {EYES}"),
    ("I've moved the eye test.Anything else?", "I haven't changed anything there. Anything else?"),
    ("Swim squad is at seven, I see, and the eye test is at noon.", f"Swim squad is at seven. {EYES}"),
    ("*Swim squad is at seven,* and the eye test is at noon.", f"*Swim squad is at seven.* {EYES}"),
    ("Swim squad is at seven – and the eye test is at noon.", f"Swim squad is at seven. {EYES}"),
    ("\n\nThe eye test is at noon.", EYES),
    ("The eye test is at noon.\n\n\n", EYES),
    ("Swim squad is at seven.\n\nThe eye test is at noon.\n\nShall I move it?", f"Swim squad is at seven.\n\n {EYES} Shall I move it?"),
)  # fmt: skip


@pytest.mark.parametrize(("answer", "let_go"), APART)
async def test_a_truth_stands_apart_from_what_is_around_it(answer: str, let_go: str) -> None:
    """Whole sentences with one space between them, and no comma left over."""
    assert await said(answer, DAY) == let_go


async def test_a_truth_is_said_once() -> None:
    """However often the same is told wrongly, in this round or a later one of the turn."""
    assert await said("The eye test is at noon. The eye test is at one. Shall I move it?", DAY) == f"{EYES} Shall I move it?"  # fmt: skip
    conscience, known = Conscience(), prompt(DAY)
    assert text(await heard([*pieces("The eye test is at noon. Well.")], known, conscience)) == f"{EYES} Well."
    assert text(await heard(pieces("The eye test is at one."), known, conscience)) == ""


async def test_what_is_owed_at_the_end_is_the_same_minds() -> None:
    """Also where nothing else of the answer is left."""
    found = await heard([words("The eye test is at noon, and")], prompt(DAY))
    assert [(step.text, step.mind) for step in found if isinstance(step, Words)] == [(EYES, "model")]


async def test_a_truth_stands_apart_from_a_notice() -> None:
    """A notice is let by as it is; what is told after it begins with a space."""
    found = await heard([Notice(text="Your share is used up."), words("The eye test is at noon.")], prompt(DAY))
    assert text(found) == f"Your share is used up. {EYES}"
