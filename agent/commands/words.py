"""From what was said to words that can be compared: fillers dropped, contractions opened, slips of hearing mended."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.commands.vocabulary import meant

NOISE = frozenset("um umm uh uhm uhh er erm hmm hm mm ah eh".split())
"""Sounds that are never meant."""


SOFT = frozenset(
    "please just kindly also actually maybe perhaps quickly quick really now then ok okay so well right alright oh too "
    "again simply basically already there".split()
)
"""Words that may stand between others and change nothing; inside a title or a letter they stay."""


_OPENERS = tuple(
    phrase.split()
    for phrase in """
    hey chronus|ok chronus|okay chronus|hello chronus|hi chronus|dear chronus|chronus|hey there|hi there|hello there|hello dear|hi dear|hello love|hi love|hello|hi|hey|howdy
    going to need you to|i am going to need you to|we are going to need you to
    good morning|good afternoon|good evening|morning|excuse me|sorry|listen|yo|quick question|quick one|one more thing|another thing
    and can you|and could you|and can you please|and would you|could i trouble you to|can i trouble you to|may i trouble you to|i would ask you to|could i get you to|can i get you to
    ok|okay|alright|all right|right|so|well|oh|now|then|great|perfect|fine|thanks|thank you|yeah|actually|and then|please|just|kindly|please to|be so good as to
    can you|could you|would you|will you|can u|could u|would u|can we|could we|shall we|are you able to|is it possible to|would it be possible to
    would you be so kind as to|would you be so kind to|be so kind and|be so kind as to|be a dear and|do me a favour and|do me a favor and
    i want you to|i need you to|i would like you to|i would like to|i would love you to|i want to|i need to|i wanted to|i would love to|i have to|i wish to
    i was wondering if you could|i wonder if you could|i was wondering if you would|i was wondering whether you could|i was wondering if you can|i wonder whether you could|i wonder if you would|i would be grateful if you could|i would appreciate it if you could|it would be great if you could|it would be nice if you could|do you think you could|do you think you can|may i ask you to|might i ask you to
    if you could|if you can|if you would|might i ask|may i ask|could i ask|can i ask|i would like to know|i want to know|do you happen to know|be so good and|would you be so good as to|would you be a dear and|would you kindly|so like|like|um like|pray|hey so|hey um|mate|could i ask you to|can i ask you to|i need to ask you to|are you able to please|might you|do please|oi|hiya|hello again|you there|go ahead and|you can|you could|you should|you may|you must|we should|we need to|we have to|let us|go and|try to|be sure to|make sure to|make sure you|help me to|help me
    """.replace("\n", "|").split("|")
    if phrase.strip()
)


_MINDING = tuple(phrase.split() for phrase in ("would you mind", "do you mind", "how about you", "any chance of"))


_CLOSERS = tuple(
    phrase.split()
    for phrase in """
    please|thanks|thank you|thanks a lot|thank you very much|many thanks|cheers|ta|for me|dear|mate|love|darling|buddy|chronus|if you can|if you could|if you would|if possible|if that is ok|if that is okay|if you do not mind|if you please
    or what|or whatever|my dear|my friend|my love|old chap|there's a dear|there is a dear|would you dear|if you would be so kind|be so kind|if it is not too much trouble|if it is no trouble|that is all|and that is all|that will be all|that is it|and that is it|cheers mate|thanks mate|will you|would you|could you|can you|ok|okay|alright|all right|right|quickly|asap|real quick|you know|i think|i guess|or something|or so|then|again|though|will ya|would ya|when you can|when you get a chance|when you have a moment
    """.replace("\n", "|").split("|")
    if phrase.strip()
)


_OPENED = {
    "what's": "what is", "whats": "what is", "what're": "what are", "what've": "what have", "where's": "where is", "wheres": "where is",
    "when's": "when is", "whens": "when is", "who's": "who is", "whos": "who is", "how's": "how is", "hows": "how is", "that's": "that is",
    "thats": "that is", "it's": "it is", "there's": "there is", "theres": "there is", "here's": "here is", "let's": "let us", "lets": "let us",
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'll": "i will", "i'd": "i would", "we've": "we have", "we're": "we are",
    "we'll": "we will", "we'd": "we would", "you've": "you have", "you're": "you are", "you'll": "you will", "you'd": "you would",
    "don't": "do not", "dont": "do not", "doesn't": "does not", "doesnt": "does not", "didn't": "did not", "didnt": "did not",
    "can't": "can not", "cant": "can not", "cannot": "can not", "couldn't": "could not", "won't": "will not", "wont": "will not",
    "wouldn't": "would not", "shouldn't": "should not", "isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not",
    "haven't": "have not", "hasn't": "has not", "hadn't": "had not", "mustn't": "must not", "needn't": "need not", "ain't": "is not",
    "what'd": "what did", "where'd": "where did", "when'd": "when did", "who'd": "who did", "how'd": "how did", "why'd": "why did", "whatd": "what did",
    "gimme": "give me", "gonna": "going to", "wanna": "want to", "gotta": "got to", "lemme": "let me", "whatcha": "what are you",
    "e-mail": "email", "e-mails": "emails", "to-do": "to do", "to-dos": "to dos", "todo": "to do", "todos": "to dos",
}  # fmt: skip


SOUNDS = {
    "to": {"2", "two", "too"}, "too": {"to"}, "for": {"four", "4", "fore"}, "read": {"red", "reed"}, "mail": {"male", "male's"},
    "mails": {"males"}, "add": {"ad", "et"}, "write": {"right", "rite"}, "week": {"weak"}, "free": {"3", "three"}, "by": {"buy", "bye"},
    "buy": {"by", "bye"}, "due": {"dew"}, "new": {"knew"}, "task": {"tusk"}, "off": {"of"}, "be": {"bee"},
    "in": {"and"}, "send": {"sent"}, "meet": {"meat"}, "one": {"won"}, "next": {"text"}, "list": {"lists"}, "hour": {"our"},
    "move": {"moved"}, "email": {"e"},
}  # fmt: skip
"""What a literal word of a phrase may have been heard as. Used where the rest of the sentence fits exactly."""


for _risky in ("in", "send", "next", "move", "email", "free", "off"):
    del SOUNDS[_risky]


_CHUNK = re.compile(r"\S+")


_EDGES = "\"'“”‘’()[]{}<>*`¿¡"


_STOPS = ".,!?;:…—–-"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it was written, as it is compared, and the stop that followed it."""

    raw: str
    plain: str
    stop: str = ""

    @property
    def soft(self) -> bool:
        """May be stepped over."""
        return self.plain in SOFT


Words = tuple[Word, ...]


def hear(text: str) -> Words:
    """The words of a sentence, sounds left out."""
    spaced = re.sub(
        r"(?<=[^\W\d])([,;:!?])(?=[^\W\d])", r"\1 ", text.replace("’", "'").replace("—", " — ").replace("…", "… ")
    )
    spaced = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", spaced, flags=re.IGNORECASE)
    spaced = re.sub(r"\b(in) ?-?(box)(?!\w)", "inbox", spaced, flags=re.IGNORECASE)
    spaced = re.sub(
        r"(?<![\d.,])(\d{1,2})\.([0-5]\d)(?= (?:today|tomorrow|tonight|on|next|this|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
        r"\1:\2",
        spaced,
        flags=re.IGNORECASE,
    )
    spaced = re.sub(
        r"\b(today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? (\d{1,2})\.([0-5]\d)(?=[.!?]?$)",
        r"\1 \2:\3",
        spaced,
        flags=re.IGNORECASE,
    )
    spaced = re.sub(r"\bfor (\d{1,2})\.([0-5]\d)(?!\w|[.,]?\d| (?:euro|dollar|pound|percent|k))", r"for \1:\2", spaced)
    spaced = re.sub(r"^(wear|ware|where's) (?=(is|are|was|do|does|will|am)\b)", "where ", spaced, flags=re.IGNORECASE)
    spaced = re.sub(r"\be mail", "email", spaced, flags=re.IGNORECASE)
    words: list[Word] = []
    for chunk in _CHUNK.findall(spaced):
        core = chunk.strip(_EDGES)
        raw = core.strip(_STOPS).strip(_EDGES)
        stop = core[len(core.rstrip(_STOPS)) :][:1]
        if not raw or raw.lower() in NOISE:
            if words and stop and raw.lower() not in NOISE:
                words[-1] = Word(words[-1].raw, words[-1].plain, words[-1].stop or stop)
            continue
        words.extend(_opened(raw, stop))
    return tuple(words)


def _opened(raw: str, stop: str) -> list[Word]:
    """A contraction becomes the words it stands for; only the first of them carries the spelling."""
    plain = meant(raw.lower())
    parts = _OPENED.get(plain, plain).split()
    return [
        Word(raw if first else "", part, stop if last else "")
        for part, first, last in zip(
            parts, [True] + [False] * (len(parts) - 1), [False] * (len(parts) - 1) + [True], strict=True
        )
    ]


def written(words: Words) -> str:
    """The words as they were written, without the last stop."""
    out = ""
    for word in words:
        if word.raw:
            out += f" {word.raw}"
        out += word.stop if word.raw or not out.endswith(word.stop) else ""
    return out.strip().rstrip(_STOPS + " ")


def plains(words: Words) -> tuple[str, ...]:
    """Only the compared forms."""
    return tuple(word.plain for word in words)


def bare(words: Words) -> Words:
    """Without greetings, politeness and "can you" around what is wanted; never empty if it was not."""
    kept = opened(words)
    while kept and (shorter := _without_closer(kept)) is not None:
        kept = shorter
    return kept or words


def opened(words: Words) -> Words:
    """Without what stands before the wish."""
    while (shorter := _without_opener(words)) is not None:
        words = shorter
    return words


def _by(place: int, phrases: Iterable[Sequence[str]]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases by one of their words, so that few have to be compared."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[place], []).append(tuple(phrase))
    return found


_BEGINNING, _ENDING = _by(0, _OPENERS), _by(-1, _CLOSERS)


def _without_opener(words: Words) -> Words | None:
    said = plains(words)
    for opener in _MINDING:
        if said[: len(opener)] == tuple(opener) and len(said) > len(opener) and said[len(opener)].endswith("ing"):
            first = words[len(opener)]
            return (Word(first.raw, ungerund(first.plain), first.stop), *words[len(opener) + 1 :])
    likely = _BEGINNING.get(said[0], ()) if said else ()
    best = max((len(o) for o in likely if said[: len(o)] == o and len(said) > len(o)), default=0)
    return words[best:] if best else None


def _without_closer(words: Words) -> Words | None:
    said = plains(words)
    likely = _ENDING.get(said[-1], ()) if said else ()
    best = max((len(c) for c in likely if said[-len(c) :] == c and len(said) > len(c)), default=0)
    return words[:-best] if best else None


_E_VERBS = frozenset("mov remov delet mak tak tim writ complet schedul reschedul chang postpon renam invit not eras updat prepar creat giv arrang shar mut summariz".split())  # fmt: skip


def ungerund(word: str) -> str:
    """ "moving" → "move", "putting" → "put", "adding" → "add"."""
    stem = word.removesuffix("ing")
    if stem in _E_VERBS:
        return f"{stem}e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "dlsz":
        return stem[:-1]
    return {"cancell": "cancel", "add": "add"}.get(stem, stem)
