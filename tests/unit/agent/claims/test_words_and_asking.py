"""Words as they are compared, those that name nothing, and what the person asks for."""

import pytest

from agent.claims.asking import is_look_up, is_order
from agent.claims.languages import is_english
from agent.claims.plain import akin, parted, plain, stem, stemmed, stems, words
from agent.claims.vocabulary import implied, is_little


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("**Milk** and `bread`", "Milk and bread"),
        ("- one\n- two", "one two"),
        ("1. wash\n2) dry", "wash dry"),
        ("see [the menu](https://example.org/a_b)", "see the menu"),
        ("It’s “so” – nearly", 'It\'s "so" - nearly'),
        ("two\n\n  words\tapart", "two words apart"),
    ],
)
def test_a_text_is_as_it_sounds(text: str, sounds: str) -> None:
    """No emphasis, no bullets, no links, one spelling."""
    assert plain(text) == sounds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mei-Ling's 3rd call, at 10:30", ["mei", "ling's", "3rd", "call", "at", "10:30"]),
        ("It’s O'Brien", ["it's", "o'brien"]),
        ("café, naïve_ok 7", ["café", "naïve", "ok", "7"]),
    ],
)
def test_words_are_parted(text: str, found: list[str]) -> None:
    """In lower case and in their order."""
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("cancelled", "cancels", True), ("cancelling", "cancel", True), ("parties", "party", True), ("carried", "carry", True), ("planned", "plan", True), ("boxes", "box", True),
        ("dentist's", "dentist", True), ("players", "player", True), ("meetings", "meet", True), ("phoned", "calls", True), ("mum", "mother", True), ("bikes", "bicycle", True), ("flies", "flight", True),
        ("plays", "play", True), ("days", "da", False), ("bus", "bu", False), ("tie", "ti", False), ("gym", "gems", False), ("all", "al", False), ("tea", "team", False), ("bean", "been", False), ("say", "sa", False),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_one(one: str, other: str, *, alike: bool) -> None:
    """Endings are cut, words for one thing are one; short words stay what they are."""
    assert (stem(one) == stem(other)) is alike


def test_stems_are_those_of_all_words() -> None:
    """Of a text, or of words."""
    assert (
        stems("The cancelled calls")
        == {stem("the"), stem("cancel"), stem("call")}
        == stemmed(["the", "cancels", "call"])
    )


@pytest.mark.parametrize(
    ("word", "borne", "so"),
    [("deeper", {"deep"}, True), ("deep", {"deep"}, True), ("deep", {"deeper"}, False), ("sunny", {"sun"}, False), ("car", {"bus"}, False), ("signature", {"train", "sign"}, True)],
)  # fmt: skip
def test_a_word_may_be_made_from_a_longer_root(word: str, borne: set[str], *, so: bool) -> None:
    """From four letters on; not the other way round."""
    assert akin(word, borne) is so


@pytest.mark.parametrize(
    ("text", "borne", "found"),
    [
        ("Mei-Ling comes", {"meiling"}, {"mei", "ling"}),
        ("Mei-Ling comes", {"mei"}, set()),
        ("a well-known Jean-Luc", {"jeanluc"}, {"jean", "luc"}),
    ],
)
def test_a_joined_name_is_known_from_an_address(text: str, borne: set[str], found: set[str]) -> None:
    """Where it is written without its hyphen."""
    assert parted(text, stemmed(borne)) == stemmed(found)


@pytest.mark.parametrize(
    ("word", "little"),
    [
        ("meeting", True), ("meetings", True), ("tomorrow", True), ("nothing", True), ("takes", True), ("stopped", True), ("carrying", False), ("tiles", False), ("till", True), ("phone", True),
        ("dentist", False), ("violin", False), ("coming", True), ("dues", True), ("stays", True), ("tries", True), ("copied", False), ("ending", True),
    ],
)  # fmt: skip
def test_words_that_name_nothing(word: str, *, little: bool) -> None:
    """In any of their forms, and no others that only look alike."""
    assert is_little(word) is little


@pytest.mark.parametrize(
    ("word", "known", "denied", "so"),
    [
        ("meat", ["vegetarian"], True, True), ("meat", ["vegetarian"], False, False), ("cheese", ["vegan"], False, True), ("cheese", ["vegetarian"], False, False),
        ("milk", ["black"], True, True), ("milk", ["vegan", "lunch"], True, True), ("milk", ["lunch"], True, False), ("nuts", ["vegan"], True, False), ("avoid", ["allergic"], False, True),
    ],
)  # fmt: skip
def test_what_is_as_good_as_said(word: str, known: list[str], *, denied: bool, so: bool) -> None:
    """Vegetarian is "no meat", and never "meat"."""
    assert implied(stem(word), stemmed(known), denied=denied) is so


@pytest.mark.parametrize(
    ("asked", "so"),
    [
        ("what's on tomorrow?", True), ("read me my mail", True), ("tell me a joke", False), ("give me my briefing", True), ("show me the tasks", True), ("run through my day", True),
        ("hey, which meetings do I have?", True), ("Please, can you tell me what's due", True), ("has Nadia written?", True), ("when is Aino's recital", True), ("did the plumber call?", True),
        ("how do I boil an egg?", False), ("what should I cook tonight?", False), ("who wrote Faust?", False), ("what can you do?", False), ("move the dentist to five", False), ("thanks", False),
        ("any ideas for my dinner?", False), ("is it raining in Oslo?", False), ("do you know whose turn it is today?", True), ("Nadia's birthday is soon", False),
    ],
)  # fmt: skip
def test_asking_to_be_told_of_ones_own_things(asked: str, *, so: bool) -> None:
    """Of days, mail, lists, of somebody they know; advice and the world are something else."""
    assert is_look_up(asked) is so


@pytest.mark.parametrize(
    ("asked", "so"),
    [
        ("move the dentist to five", True), ("Please cancel it", True), ("could you remind me at six", True), ("get rid of the milk", True), ("what's on today?", False), ("tell me the news", False),
        ("ask me later", False), ("I moved house", False), ("ok and add bread", True),
    ],
)  # fmt: skip
def test_asking_for_a_deed(asked: str, *, so: bool) -> None:
    """By the verb that it begins with."""
    assert is_order(asked) is so


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("The dentist is at three.", True), ("Dentist, three", True), ("Le dentiste est à quinze heures.", False), ("Tandlæge", True), ("El dentista es mañana a las tres.", False),
        ("Il dentista è domani alle tre.", False), ("Je hebt om drie uur een afspraak.", False), ("Você tem dentista amanhã.", False), ("You have lunch at Le Coq.", True), ("I've booked \"La vie est belle\" for you and it's at three.", True),
        ("IS IT ON THE LIST?", True), ("Le comité", False),
    ],
)  # fmt: skip
def test_what_is_english(text: str, *, so: bool) -> None:
    """By its little words; a name of another language in an English sentence leaves it English."""
    assert is_english(text) is so
