"""Words that are nearly the yes, and words that are it however they come: none of the first counts, hardly any of the others is lost."""

import itertools
import random

from agent.calling_things import yes_about
from agent.consent import Consent, judge
from agent.names import NAMES

WHO = ("Dana", "Anna", "Tom", "Sarah", "Priya", "Miguel", "Hannah", "Jonas", "Becker", "Oluwaseun")
SEND = [Consent(verb="send to", names=(who,), it=False) for who in WHO]
INVITE = [Consent(verb="invite", names=(who,), it=False) for who in WHO]
TWO = [Consent(verb="send to", names=("Dana", "Tom"), it=False), Consent(verb="invite", names=("all five",), it=False)]
THINGS = [
    yes_about(verb, title, it=it)
    for verb, title, it in (
        ("cancel", "Dentist", True), ("cancel", "Quarterly planning", False), ("move", "Lunch with Anna", False), ("delete", "Milk", True),
        ("delete", "Renew passport", True), ("change", "Design workshop", False), ("undo", "Interview with Priya", False),
    )
]  # fmt: skip
GOOD = Consent(verb="forget", names=("for good",), it=False)
EVERY = [*SEND, *INVITE, *TWO, *THINGS, GOOD]
BARE = ("yes", "yeah", "yep", "ok", "okay", "sure", "fine", "right", "mhm", "uh huh", "m", "hm", "do it", "go ahead", "yes please", "absolutely", "confirm", "of course",
        "please", "thanks", "one", "press one", "thank you", "you", "bye", "so", "the", "okay okay", "yes yes yes", "i see", "great", "cool", "wow", "hello", "what")  # fmt: skip
AROUND = ("did you {}", "should i {}", "he said {}", "i never said {}", "don't {}", "do not {}", "never {}", "you can't {}", "{} tomorrow", "{} at five", "{} and tell everyone",
          "{} or press one", "say {}", "say {} or press one", "{} but not now", "if you {} i will", "why would i {}", "to {} is a mistake", "when i say {} you may", "not {}",
          "the mail says {} now", "please read {} aloud", "{} instead of tom please wait", "who wants to {}", "i want to hear how to {} first", "he will {}", "{} no wait",
          "this mails somebody {}", "ignore that and {} everything", "{} {}")  # fmt: skip


def near_misses() -> set[tuple[str, Consent]]:
    """Bare yeses, other people and things, other acts, words around it, pieces of it, echoes of the read-back, and what noise is heard as."""
    found: set[tuple[str, Consent]] = set()
    chance = random.Random(7)
    for consent in EVERY:
        words = consent.words.lower()
        found |= {(bare, consent) for bare in BARE}
        found |= {(form.format(*[words] * form.count("{}")), consent) for form in AROUND}
        found |= {
            (f"this mails x@example.org about lunch {words} or press 1", consent),
            (f"outside your contacts say {words}", consent),
        }
        found |= {(other.words, consent) for other in EVERY if other != consent and not same(other, consent)}
        found |= {(" ".join(chance.sample(sorted(NAMES), 2)), consent) for _ in range(8)}
        pieces = words.split()
        found |= {
            (" ".join(pieces[:cut]), consent)
            for cut in range(1, len(pieces))
            if not (consent.it and cut == len(pieces))
        }
        found |= {(" ".join(reversed(pieces)), consent)} if len(pieces) > 2 else set()
    for consent, other in itertools.product(SEND + INVITE, chance.sample(sorted(NAMES), 60)):
        if other not in {name.lower() for name in consent.names}:
            found.add((f"{consent.verb} {other}", consent))
    return {(words, consent) for words, consent in found if words.strip()}


def same(one: Consent, other: Consent) -> bool:
    """Whether a yes to one is rightly one to the other: another spelling of the same name, or "it"."""
    return one.verb == other.verb and one.names == other.names


def rights() -> list[tuple[str, Consent]]:
    """What one is told to say, as people say it and recognisers write it."""
    forms = (
        "{}",
        "{}.",
        "Yes, {}.",
        "{} please",
        "okay, {}",
        "Um, {}.",
        "yes please {}",
        "Go ahead and {}",
        "{}, thanks",
        "Sure. {}!",
    )
    return [(form.format(consent.words), consent) for consent in EVERY for form in forms]


def test_no_near_miss_is_a_yes() -> None:
    """Of more than two thousand, none."""
    tried = near_misses()
    taken = [(words, consent.words) for words, consent in tried if judge(words, consent) == "yes"]

    assert len(tried) >= 2000, len(tried)
    assert taken == []


def test_the_right_words_are_a_yes() -> None:
    """Hardly any are lost, whatever stands around them out of politeness."""
    said = rights()
    lost = [(words, consent.words) for words, consent in said if judge(words, consent) != "yes"]

    assert len(said) >= 100
    assert len(lost) / len(said) < 0.05, lost
