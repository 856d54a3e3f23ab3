"""Gmail's search box, as far as its help page tells: whole words, in any order, with operators and groups."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.emulators.google.mailbox import Kept, snippet

TOKEN = re.compile(r'\s*(?:([{}()])|(-)(?=\S)|((?:[a-z0-9_]+:)?(?:"[^"]*"|[^\s{}()"]+)))', re.IGNORECASE)
LABELS = {"inbox": "INBOX", "sent": "SENT", "drafts": "DRAFT", "draft": "DRAFT", "trash": "TRASH", "spam": "SPAM"}

Test = Callable[[Kept], bool]


def found_by(q: str) -> Test:
    """Whether a mail is found."""
    return _all(list(_group(iter(TOKEN.findall(q)), "")))


def _group(tokens: Iterator[tuple[str, str, str]], closing: str) -> Iterator[Test]:
    minus = False
    for bracket, sign, term in tokens:
        if bracket and bracket == closing:
            return
        if sign:
            minus = True
            continue
        if bracket == "{":
            test = _any(list(_group(tokens, "}")))
        elif bracket == "(":
            test = _all(list(_group(tokens, ")")))
        else:
            test = _term(term)
        yield _unless(test) if minus else test
        minus = False


def _all(tests: list[Test]) -> Test:
    return lambda mail: all(test(mail) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda mail: any(test(mail) for test in tests)


def _unless(test: Test) -> Test:
    return lambda mail: not test(mail)


def _term(term: str) -> Test:
    operator, colon, value = term.partition(":")
    if not colon:
        return _says(term, _everything)
    value = value.strip('"')
    match operator.lower():
        case "in":
            return lambda mail: value == "anywhere" or LABELS.get(value, value.upper()) in mail.labels
        case "is":
            return _state(value)
        case "from":
            return _says(value, lambda mail: mail.header("From"))
        case "to":
            return _says(value, lambda mail: f"{mail.header('To')} {mail.header('Cc')}")
        case "subject":
            return _says(value, lambda mail: mail.header("Subject"))
        case "after":
            return lambda mail: mail.at.timestamp() > _moment(value)
        case "before":
            return lambda mail: mail.at.timestamp() < _moment(value)
        case "rfc822msgid":
            return lambda mail: mail.header("Message-ID").strip("<> ") == value.strip("<> ")
        case _:
            return _says(term, _everything)


def _state(value: str) -> Test:
    match value:
        case "unread":
            return lambda mail: "UNREAD" in mail.labels
        case "read":
            return lambda mail: "UNREAD" not in mail.labels
        case "important" | "starred":
            return lambda mail: value.upper() in mail.labels
        case _:
            return lambda mail: False


def _moment(value: str) -> float:
    assert value.isdecimal(), "a day would be midnight in California"
    return float(value)


def _says(value: str, where: Callable[[Kept], str]) -> Test:
    wanted = _words(value.strip('"'))

    def test(mail: Kept) -> bool:
        there = _words(where(mail))
        return bool(wanted) and any(
            all(_same(word, there[start + index]) for index, word in enumerate(wanted))
            for start in range(len(there) - len(wanted) + 1)
        )

    return test


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _same(wanted: str, word: str) -> bool:
    return word == wanted or (len(wanted) > 2 and word in {f"{wanted}s", wanted.removesuffix("s")})


def _everything(mail: Kept) -> str:
    texts = [mail.header(name) for name in ("Subject", "From", "To", "Cc")]
    for part in mail.parsed.walk():
        if part.get_content_maintype() == "text":
            content: Any = part.get_payload(decode=True) or b""
            texts.append(content.decode("utf-8", "replace"))
    return " ".join([*texts, snippet(mail.parsed)])
