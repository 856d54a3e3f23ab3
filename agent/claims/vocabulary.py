"""Words that name nothing of the person's: an answer may use them freely, and whatever else it names must come from somewhere."""

from collections.abc import Set
from functools import lru_cache

from agent.claims.plain import stem, stemmed, words

_LITTLE = """
a an the this that these those some any all both each every no not never none nothing anything something everything nobody anybody anyone someone everyone
somebody everybody one ones other others another else same such own only just even still yet already again also too as well so
very quite rather fairly pretty really truly simply exactly far near about around almost nearly roughly maybe perhaps probably likely
i me my mine myself you your yours yourself he him his she her hers it its itself we us our ours they them their theirs who whom
whose what which when where why how whether if unless because since while until till before after during although though but
and or nor yet for of in on at to from with without within into onto over under up down out off by between among through across
against along near behind beyond above below than then there here now soon later earlier first second third last next
previous following final finally ago away back ahead apart aside together instead otherwise however therefore anyway meanwhile
am is are was were be been being do does did done doing have has had having will would shall should can could may might must
ought let lets ll ve re m s t d don doesn didn isn aren wasn weren hasn haven hadn won wouldn shouldn can't couldn't isn't aren't
yes no yeah yep nope ok okay sure alright right well oh ah hmm please thanks thank sorry hello hi hey good great fine nice lovely
perfect wonderful excellent glad happy welcome pleasure course certainly absolutely definitely indeed actually basically
get gets got getting go goes going gone went come comes coming came take takes taking taken took make makes making made give gives
given giving gave put puts putting keep keeps keeping kept set sets setting see sees seen seeing saw look looks looking looked
find finds found finding know knows knew known think thinks thought mean means meant say says said saying tell tells told telling
ask asks asked asking want wants wanted need needs needed like likes liked wish hope try tries tried trying use used start starts
started starting begin begins began beginning end ends ended ending finish finishes finished stop stops run runs running ran last
lasts lasting follow follows followed continue stay stays remain remains leave leaves leaving left turn turns happen happens happening
show shows showing bring call calls work works working help helps wait waits waiting check checks checked checking remember
remind reminds reminded change changes changed move moves moved open opens opened close kick kicks pop head heads hop drop plan plans
planned planning schedule schedules scheduled book booked list lists listed note notes noted mind expect expects expected busy free
confirm confirms confirmed enjoy breathe relax panic have review let know set feel seem seems appear appears mark marked
calendar diary agenda schedule day days week weeks weekend month months year years hour hours minute minutes moment second seconds
time times date dates today tonight tomorrow yesterday morning afternoon evening night noon midday midnight o'clock am pm
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december meeting meetings appointment appointments event events entry entries item items thing things task tasks to-do todo
todos reminder reminders mail mails email emails e-mail message messages inbox outbox draft drafts unread list memory memories
letter letters figure figures conflict conflicts overlap overlaps clash clashes slot slots gap gaps stretch block blocks rest bit couple few lot lots many much
more most less fewer least several half quarter whole entire full empty blank clear quiet packed tight light long short early late earliest latest
new newest old oldest recent big small little large important urgent main special usual normal regular ordinary certain different
simple easy hard able available possible ready due deadline overdue outstanding pending left over behind through already total altogether shorter bigger larger smaller plenty onward onwards
number duly choice choices single sole consider considered depends depend vanish vanished disappear disappeared starters example instance careful careful watch attention manage manages managed plate matter matters care cares radar hands chest whatsoever none luck luckily heads-up heads snag downside upside count middle shout nudge shop longer newsletter newsletters tight crowded part parts way place side name names person people guest guests invitation invitations notice subject details detail
once best better ideal window windows bet option options pick opportunity
answer answers reply question questions request information info word words sentence text
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
thirty forty fifty sixty hundred thousand first second third fourth fifth sixth seventh eighth ninth tenth
sharp dot successfully accordingly properly correctly currently right away straight afterwards afterward beforehand meanwhile per via
job jobs chore chores errand errands goodness god heavens rush whim
worry worries problem trouble fact case idea chance plan plans kind sort bunch total otherwise completely totally entirely wide mostly
mainly partly slightly barely hardly exactly especially particularly including included except besides plus minus versus regarding
front concerning according thing whatever whenever wherever however whoever himself herself themselves ourselves
google gmail chronus account connected machine here's there's that's it's you're you've you'll i've i'll i'm i'd let's what's who's
he's she's they're we're we'll won't don't doesn't didn't haven't hasn't wasn't weren't wouldn't shouldn't anything's everything's
nothing's morning's today's tomorrow's week's
"""

LITTLE = stemmed(words(_LITTLE))
"""The stems of these words."""
_FORMS = ("'s", "ing", "ed", "es", "s", "d")


@lru_cache(2048)
def _bases(word: str) -> frozenset[str]:
    """What a word may be a form of: "tiles" of "tile", never of "till", though they share a stem."""
    found = {word}
    for form in _FORMS:
        if word.endswith(form) and len(word) > len(form) + 1:
            base = word.removesuffix(form)
            found |= {base, base + "e"} if form in ("ing", "ed") else {base}
            found |= {base[:-1]} if form in ("ing", "ed") and base[-1:] == base[-2:-1] else set()
    return frozenset(found | {f"{word.removesuffix(form)}y" for form in ("ies", "ied") if word.endswith(form)})


_LITTLE_BASES = frozenset().union(*map(_bases, words(_LITTLE)))


@lru_cache(4096)
def is_little(word: str) -> bool:
    """Whether a word, in lower case, is one of these, or a form of one."""
    other = not word.startswith(stem(word))  # "phone" is "call"
    return stem(word) in LITTLE and (other or bool(_bases(word) & _LITTLE_BASES))


_IMPLIED = {
    "vegetarian": "eats meat food diet veggie",
    "vegan": "eats meat food diet animal dairy egg milk cheese fish",
    "allergic": "eat touch stay away tolerate avoid",
    "black": "milk cream",
    "born": "birthday",
    "turned": "birthday",
}
_IMPLIES = {stemmed([one]): stemmed(words(others)) for one, others in _IMPLIED.items()}
"""What is as good as said with a word."""
_DENIED = stemmed("meat milk cream".split())


def implied(word: str, borne: Set[str], *, denied: bool) -> bool:
    """Whether a word that is known says as much: "vegetarian" is "no meat"."""
    return (denied or word not in _DENIED) and any(word in others and one <= borne for one, others in _IMPLIES.items())


NAMES = frozenset(
    "i i'm i've i'll i'd ok google gmail chronus calendar english german french spanish christmas easter mr mrs ms dr "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december am pm pin tasks".split()
)
"""Words with a capital that name nobody."""
EVENT_LIKE = stemmed(
    "lunch dinner breakfast brunch supper drinks coffee tea party concert flight train trip birthday interview workshop training class "
    "lesson course yoga gym run dentist doctor haircut visit call demo review standup sync catch-up catchup date ceremony wedding "
    "conference webinar presentation match game film movie theatre play reservation booking table delivery pickup".split()
)
"""What appointments are called."""
ORDINARY = stemmed(
    "menu sound sounds seem seems friendly polite quick short long brief polite friendly kind curious interested keen eager urgent deadline summary gist essence nutshell heart core point line bit "
    "reading answer response decision feedback view verdict opinion take thoughts comment comments input suit suits agree okay happy comfortable glance eye "
    "hear heard wait waiting expect hope wish wishes request particular specific attach attached enclosed written wrote sent sitting top bottom quote signed "
    "landed arrived minutes worth focus concern concerns boil boils verbatim essentially simply exact exactly mostly sits inbox latest wondering ago".split()
)
"""Words that may be said of what anybody writes, whatever it is about."""
