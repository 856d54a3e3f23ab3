"""What the person's own mails say, drafted, sent or waiting for a yes: what is promised in one must stand there."""

import re
from collections.abc import Sequence

from agent.claims.known import Known
from agent.claims.plain import plain, stemmed
from agent.claims.rows import Row
from agent.claims.saying import Saying

_IT_SAYS = re.compile(
    r"^\W*(?:and |so |there,? )*(?:I(?:'ve)? (?:just |also )?(?:said|wrote|told him|told her|mentioned)|(?:[Ii]t|[Tt]he (?:draft|mail|note|message|text)(?: (?:to|for) [A-Z]\w+)?|[A-Z]\w+'s (?:draft|mail|note|message)|[Tt]his|[Tt]hat) (?:just |only |simply |basically |also )*(?:says|tells|reads|mentions|explains|informs|asks|goes|lets|thanks|invites|promises|confirms))\b(?! (?:out|to)\b)(?P<rest>.*)"
)
""" "It tells him that you'll be late": of a mail of the person's own."""
_SAYING = re.compile(
    r"\b(?:draft|mail|note|message|reply|answer|line)\b.*?\b(?:saying|telling (?:him|her|them|[A-Z]\w+)|that (?:says|tells (?:him|her|them))|letting \w+ know|in which you \w+)\b(?P<rest>.*)"
)
_PLEDGED = re.compile(
    r"\b(?:you|he|she|they|we)(?:'ll| will| can| could| would|'d| won't| can't|'d like to| want to)(?: also| all| both| be able to)* ([a-z]+)\b"
)
""" "That you'll pick her up": what is promised in it must stand there."""
_AUXILIARY = stemmed("be have get do go come like not make".split())


def drafts(known: Known) -> list[Row]:
    """What was drafted or sent in this turn, or waits for a yes."""
    written = [one for one in (*known.receipts, *known.earlier) if one.tool in ("draft_email", "send_email")]
    return [*(row for one in written for row in one.rows), *waiting(known)]


def waiting(known: Known) -> list[Row]:
    """Mails that wait for a yes: what they say may be told, but not as anybody's."""
    told = [
        {name: str(value) for name, value in one.arguments.items() if name in ("subject", "body")}
        for one in known.waiting
    ]
    return [Row(plain(". ".join(one.values())), known.now.date(), known.prompt.zone, one) for one in told]


def words_of(text: str) -> str:
    """What a clause tells that such a mail says; "" where it tells nothing of it."""
    match = _IT_SAYS.match(text) or _SAYING.search(text)
    return match["rest"] if match else ""


def as_written(rest: Saying, names: Sequence[str], rows: Sequence[Row], known: Known) -> bool:
    """Whether nearly all of it, every name and every promise stand there, or were said by the person."""
    said = frozenset().union(*(row.words for row in rows)) | known.their_words
    strange = [word for word in rest.content if word not in said]
    promised = stemmed(_PLEDGED.findall(rest.lower))
    return promised <= said | _AUXILIARY and {*names} <= said and len(strange) * 3 <= len(rest.content)
