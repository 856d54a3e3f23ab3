"""What is told of what was recalled, and what the person is told to have said."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.agent.claims.test_elsewhere_deeds import Told, said


def recalled(*texts: str) -> Told:
    """What came to mind."""
    memories: list[dict[str, Any]] = [{"text": text} for text in texts]
    return "recall", {"result": {"memories": memories}}, {}


YOURS = recalled("I’m allergic to hazelnuts", "I like to run by the sea")
KEPT = recalled("Noor is allergic to walnuts", "The shed code is 4471", "Noor's violin class ends at 17:30", "Ivo loves the Moomin books and doesn’t eat fish")  # fmt: skip
NOTHING = recalled()
ABOUT_THEM = "what do you know about noor and ivo?"
DRILL = "where is my drill?"

RECALLED: Sequence[tuple[Told, str, Sequence[str], Sequence[str]]] = (
    (KEPT, ABOUT_THEM, (
        "The shed code is 4471.", "It's four four seven one.", "I can note more if you like.", "So no walnuts for Noor.", "Noor's violin class ends at half past five.", "Ivo doesn't eat fish.", "Ivo is mad about the Moomins.",
        "Her class, for example, ends at half past five.", "Maybe fish isn't the best idea for Ivo.", "Noor plays the violin.", "Noor has an allergy, walnuts.", "You told me Noor is allergic to walnuts.", "You never told me about a boat.",
        "You never mentioned that.", "You told me that before.", "Four four seven one.", "I remember that Noor is allergic to walnuts.",
    ), (
        "The shed code is 4472.", "It's four four seven two.", "Noor's violin class ends at half past six.", "Ivo eats fish.", "Ivo doesn't eat meat.", "He loves Tintin.", "He has two sisters.", "Noor lives in Halifax.", "Noor plays the harp.",
        "You told me Noor is allergic to cashews.", "You never told me the shed code.", "You haven't told me the shed code.", "I remember Noor and the cashews.", "You told me that Noor is allergic to walnuts and wasps.", "And no sugar, I remember.",
        "No honey, you told me.", "Noor is allergic to cashews, as far as I know.", "Four four seven two.", "You told me that yesterday that Ivo eats fish."
    )),
    (YOURS, "what am I allergic to?", ("You're allergic to hazelnuts.", "Hazelnuts.", "You like to run by the sea.", "You love running.", "In the morning, as you like it."), (
        "You're allergic to almonds.", "You are allergic to wasps.", "You love rowing.", "You prefer the hills.",
    )),
    (NOTHING, DRILL, ("I have nothing saved about your drill.", "You never said where it is.", "I don't know where your drill is.", "It's your drill.", "Your drill isn't in any of my notes.", "You never mentioned the cellar."), (
        "You keep it in the shed.", "It's in the shed.", "You told me it's in the shed.", "You said that earlier.", "You've told me that before.", "It's drawer 46.",
    )),
)  # fmt: skip


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, so, _ in RECALLED for text in so])  # fmt: skip
async def test_what_was_recalled_is_told_in_any_words(told: Told, asked: str, text: str) -> None:
    """A root, a number figure by figure, what follows from it."""
    assert await said(text, told, asked=asked) == text


@pytest.mark.parametrize(("told", "asked", "text"), [(told, asked, text) for told, asked, _, lies in RECALLED for text in lies])  # fmt: skip
async def test_what_nobody_said_is_not_remembered(told: Told, asked: str, text: str) -> None:
    """Nor another number, hour or thing."""
    assert await said(text, told, asked=asked) != text


@pytest.mark.parametrize(("earlier", "so"), [((), False), ((YOURS,), True)])
async def test_what_they_said_before_was_in_an_earlier_turn(earlier: tuple[Told, ...], *, so: bool) -> None:
    """Where there is one."""
    assert (await said("You told me that already.", asked="my drill is in the shed", before=earlier) == "You told me that already.") is so  # fmt: skip
