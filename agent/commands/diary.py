"""Lines as one writes them into a diary: "vet fri 4pm", "team call every monday at 10", "conference 14 to 16 april"."""

import re

from agent.commands.event_words import APPOINTMENTS, CHORES, DAY_LONG, VERBS
from agent.commands.intention import Intention, call
from agent.commands.leftover import place_in, timelike
from agent.commands.naming import title
from agent.commands.patterns import Found
from agent.commands.precision import exact, repeats
from agent.commands.rules import Turn
from agent.commands.slots import is_place
from agent.commands.words import Word, Words, plains, written
from agent.when import Ambiguous, When

NOUNS = APPOINTMENTS | frozenset(
    """
barbecue bbq picnic pilates zumba spinning church mass service prayer meditation walk run jog hike swim ride rehearsal practice practise recital audition exam test
checkup check-in checkin viewing inspection appraisal delivery pickup drop-off handover webinar seminar lecture tutorial training course hackathon prep
physiotherapy therapy therapist counselling counsellor chiropractor osteopath podiatrist nurse surgery hospital clinic blood-test vaccination jab scan x-ray mri optician orthodontist
hygienist solicitor notary lawyer accountant bank mechanic mot garage cleaner gardener electrician builder plumber locksmith vet farrier hairdresser barber manicure pedicure nails facial spa sauna
tennis squash badminton golf climbing bowling rugby cricket basketball volleyball hockey karate judo boxing ballet dance dancing piano guitar violin drums singing choir band orchestra
supper tea drinks coffee lunch brunch breakfast dinner date night gathering reunion wedding funeral christening baptism graduation ceremony ball gala opera musical play gig festival
interview one-to-one 1:1 one-on-one standup stand-up retro retrospective sync kickoff kick-off planning demo pitch presentation review meeting call videocall conference debrief briefing
playdate sleepover parents-evening assembly sports-day bake-sale book-club quiz trivia bingo poker chess bridge yoga gym workout crossfit massage haircut dentist doctor gp paediatrician pediatrician
physio movie movies cinema film theatre theater concert show museum exhibition zoo game match football training swimming lesson lessons class classes workshop party anniversary birthday visit appointment evening night
session club meetup meet-up event catchup catch-up check up cleaning fitting consultation assessment screening rounds bootcamp carpool
""".split()
)
"""What, said with its day and its hour and nothing else, is meant for the calendar."""

_PAIRS = frozenset(
    tuple(pair.split())
    for pair in "hair dresser|hair cut|check up|check in|catch up|drop off|pick up|kick off|stand up|meet up|open house|eye test|book club|book group|tax office|car wash|oil change|blood test|bake sale|sports day".split(
        "|"
    )
)
_BEFORE_REST = frozenset("with at of for in about on by and near via over from".split())
_NO_ENTRY = frozenset(
    """
the my our your his her their that this its missed cancelled canceled no next last moved another late same first old maybe perhaps probably possibly what who
why so and but or about notes after before during since because play watch record stream turn switch start stop open close buy sell wish hope think guess said says welcome telly tv radio channel netflix bbc itv episode aired starts kicks fancy grab putting taking having trying how
""".split()
)
ACTING = CHORES | frozenset(
    "call ring visit see meet ask tell show find cancel move remind remember book make take give go come leave help start finish stop play watch record text delete add put set draft reply is plan".split()
)
_WHOLE_DAYS = (DAY_LONG - {"day", "bank", "deadline", "travel", "off"}) | frozenset("bday fair marathon leave camp off-site offsite tournament".split())  # fmt: skip
_OPEN = re.compile(r"^(?:to|until|till|til|before|after|by|since|sometime)\b", re.IGNORECASE)
_ALL_DAY = re.compile(r"\b(?:all|whole|entire) day\b", re.IGNORECASE)


def entry(found: Found, turn: Turn) -> Intention | None:
    """Entered at once (and taken back as easily): a name fit for a diary with its exact time, and no other word."""
    words_, place = _place(found.words("title"))
    if turn.question or not found.when or _OPEN.match(found.when) or not _is_name(words_) or timelike(words_):
        return None
    if not (_plain_time(found.when, turn) or repeats(found.when, turn) or _for_days(words_, found.when, turn)):
        return None
    when = in_its_part(found.when, words_, turn)
    return call("add_event", title=title(words_), when=when, place=place or None)


def _plain_time(when: str, turn: Turn) -> bool:
    """A day and an hour; of two days that may be meant the tool asks which."""
    meaning = turn.clock.meaning(when)
    if isinstance(meaning, Ambiguous) and len(meaning.choices) == 2:
        return all(isinstance(one, When) and not one.all_day and not one.part for one in meaning.choices)
    return exact(when, turn)


def in_its_part(when: str, words_: Words, turn: Turn) -> str:
    """ "date night at half eight" is in the evening."""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or meaning.all_day or not 6 < meaning.starts.hour < 12:
        return when
    if not _EVENINGS & set(plains(words_)) or _TOLD.search(when):
        return when
    later = f"{when} in the evening"
    return later if isinstance(turn.clock.meaning(later), When) else when


_EVENINGS = frozenset("night cinema movie movies theatre theater concert gig opera musical ballet disco pub nightclub clubbing fireworks choir quiz club evening supper drinks".split())  # fmt: skip
_TOLD = re.compile(r"[ap]\.?m\b|morning|afternoon|evening|night|noon|\d:\d\d|\bto\b|\buntil\b", re.IGNORECASE)


def _is_name(words_: Words) -> bool:
    """A noun that stands on a calendar, and what belongs to it: nothing told, wished or asked."""
    plain = plains(words_)
    if (
        len(plain) > 9
        or (VERBS | _NO_ENTRY - {"the", "my", "our", "and", "about"}) & set(plain)
        or plain[0] in _NO_ENTRY
    ):
        return False
    if plain[0] == "meet" and len(plain) > 1 and plain[1] not in ("me", "at", "in", "on"):
        return True  # "meet Lena for coffee"
    if plain[0] in ACTING and plain[1:2] and plain[1] not in _BEFORE_REST and tuple(plain[:2]) not in _PAIRS:
        return False  # "call the dentist" is something to do
    if plain[0] in ACTING and plain[0] not in NOUNS and tuple(plain[:2]) not in _PAIRS:
        return False
    return diary_word(plain)


def diary_word(plain: tuple[str, ...]) -> bool:
    """Whether the noun itself, before "with", "at" and "of", is one: "lunch with Priya at the Golden Lion"."""
    end = next((at for at, word in enumerate(plain) if at and word in _BEFORE_REST), len(plain))
    head = plain[:end]
    last = head[-1].removesuffix("'s")
    known = last in NOUNS or last.removesuffix("s") in NOUNS or tuple(head[-2:]) in _PAIRS
    return known or "appointment" in head or bool(_WHOLE_DAYS & set(head))


def _for_days(words_: Words, when: str, turn: Turn) -> bool:
    """ "conference 14 to 16 april", "trip to Vienna all day on the 28th"."""
    meaning = turn.clock.meaning(when)
    if isinstance(meaning, Ambiguous) and meaning.choices and isinstance(meaning.choices[0], When):
        meaning = meaning.choices[0]
    if not isinstance(meaning, When) or not meaning.all_day or meaning.recurrence:
        return False
    loose = bool(re.search(r"\b(?:week|weekend|month|year|summer|winter)\b", when, re.IGNORECASE))
    return bool(_ALL_DAY.search(when)) or (not loose and bool(_WHOLE_DAYS & set(plains(words_))))


def _place(words_: Words) -> tuple[Words, str]:
    """ "breakfast with Jo, Cafe Linde": what stands behind a comma and names a place is one."""
    at = next((i + 1 for i in range(len(words_) - 1) if words_[i].stop == ","), 0)
    rest = words_[at:]
    if at and len(rest) <= 4 and (is_place(rest) or _address(rest)):
        return (*words_[: at - 1], Word(words_[at - 1].raw, words_[at - 1].plain)), written(rest)
    return place_in(words_)


def _address(rest: Words) -> bool:
    return rest[0].raw[:1].isupper() and (rest[-1].plain[:1].isdigit() or len(rest) > 1)
