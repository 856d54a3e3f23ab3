"""What kind of mail it is, by its sender and its words: written to many, by a machine, to sell, to deceive, or to give orders."""

import re

from agent.digest.values import Letter

_FOR_MANY = re.compile(
    r"\b(unsubscribe|opt[- ]out|view (this|it)? ?(email|mail|message)? ?(in|online)( your)? ?(browser)?\b.{0,12}browser|manage (your )?(email |mail )?(preferences|subscriptions?)|"
    r"you('re| are) receiving this|you received this (e-?mail|mail|message) because|update your preferences|you subscribed|"
    r"no longer wish to receive|mailing list|this week's issue|in this issue)\b",
    re.IGNORECASE,
)
_CRIERS = re.compile(
    r"(^|[.+_-])(news(letter)?s?|marketing|promo(tion)?s?|offers?|deals|digest|weekly|daily|letter|campaigns?|community|events?|hello-?news|editor|blog|mailing|list|announce)([.+_-]|$)",
    re.IGNORECASE,
)
_MACHINES = re.compile(
    r"(no-?_?reply|do-?_?not-?_?reply|notifications?|notify|alerts?|mailer|daemon|postmaster|bounce|receipts?|orders?|shipping|track(ing)?|billing|invoices?|payments?|statements?|automat|system|service|security|accounts?|auto-?confirm|reminders?|calendar|appointments?|bot)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(r"^(re: )?(out of (the )?office|auto(matic)?[- ]?(reply|response)|away from)|\b(i am|i'm) (currently )?(out of (the )?office|on (holiday|vacation|leave))\b", re.IGNORECASE)  # fmt: skip
_SELLS = re.compile(
    r"(\b(quick|short|brief|15|20|30|fifteen|twenty|thirty)[- ](minutes?|min)?[- ]?(call|chat|demo|intro)|\bbook a (demo|call)|our (platform|solution|services?|software|agency|product)|"
    r"\b(boost|increase|grow|double|skyrocket|scale) your|guest post|backlinks?|\bseo\b|lead generation|qualified leads|special offer|limited[- ]time|exclusive (offer|deal)|\b\d+ ?% (off|until|for|on|discount|cheaper|less)|\bby \d+ ?%|discount code|worth a (chat|call)|saw (that )?you('re| are|r) (hiring|job|website|post|profile)|"
    r"companies like yours|reaching out (because|to see)|i came across your|(business|exciting|unique|great) (opportunity|role)|open (for|to) an? (chat|call)|free (trial|audit|consultation|demo|assessment|sample)|would you be open to|who (handles|is in charge of|is responsible for)\b.{1,40}\b(company|firm|side)|webinar|(top of|buried in|lost in) your inbox|(bump|float)(ing)? this|my (last|previous|earlier) (e-?mail|mail|message)|(of|any) interest to you|if this is of interest)",
    re.IGNORECASE,
)
_DECEIVES = re.compile(
    r"(verify your (account|identity|password|details|information)|confirm your (password|account|identity|bank|billing|payment details)|account (has been |will be |is )?(suspended|limited|locked|closed|deactivated|terminated)|"
    r"gift ?cards?|wire transfer|(new|changed|updated) bank (details|account)|crypto|bitcoin|inheritance|lottery|you have won|you've won|click (here|the link|below)|unusual (sign-?in|activity)|"
    r"password (will )?expires?|(via|using|through|follow|at) (the|this) link|(your|his|her) bank details|mailbox (is |has )?(almost )?(full|exceeded|used)|storage (is )?full|urgent (transfer|payment|request for payment))",
    re.IGNORECASE,
)
_MACHINE_READER = r"(ai|a\.i\.|llm|language model|chat ?bot|chronus|(ai|virtual|digital|e-?mail|mail|personal) (assistant|agent|helper))"
_ORDERS = re.compile(
    r"\b(ignore|disregard|forget|override) (all |any |the |your |my |these |of )*(previous|prior|above|earlier|preceding|system) (instruction|prompt|rule|direction|command)|system prompt|"
    rf"\b(note|message|instructions?|attention|hey|dear|hello|hi|to|for)( to| for)?:? (the |your |any |all )*({_MACHINE_READER}|assistant|agent)s? (reading|processing|that (reads|handles)|of this)|"
    rf"\b{_MACHINE_READER}\s*:|"
    r"(do not|don't|without|never) (mention|tell|telling|mentioning|inform|informing|alert|alerting|show|reveal)\w* (this |it )?(to )?the (user|owner|recipient|account holder)|"
    r"\bthe (owner|user|account holder) has (already )?(agreed|approved|authorized|authorised|consented)|"
    r"</?(system|instructions?|assistant|tool)>|\[/?(inst|system)\]|\b(call|invoke) the \w+ (tool|function)",
    re.IGNORECASE,
)
"""What nobody writes to a person, friends included."""
_ADDRESSES = re.compile(
    rf"\b(note|message|instructions?|attention|hey|dear|hello|hi)( to| for)?:? (the |your |any |all )*({_MACHINE_READER}|assistant)\b|"
    rf"\b{_MACHINE_READER},? (must|should|shall|please|will|is (asked|instructed|required)|has to|needs to)\b|"
    r"\b(you are|act as) (now )?an? (helpful |ai |email |large )*(assistant|language model|ai|agent)\b|"
    r"\b(forward|send|copy|export|bcc) (all|every|each|any|a copy of (all|every)|the contents of)( of)?( the| your| my| his| her| their)? ?([a-z]+ )?(mails?|e-?mails?|messages|inbox|contacts|passwords?)\b|"
    r"(do not|don't|without) (mention|mentioning) (this|it)\b|\b(delete|remove) this (message|mail|email) (afterwards|after|when|once)",
    re.IGNORECASE,
)
"""What somebody known may write about assistants and mails, and a stranger only to them."""


def gives_orders(letter: Letter, *, known: bool) -> bool:
    """Whether any of it, seen or unseen, speaks to an assistant instead of to the person; less is suspected of whom they know."""
    return speaks_to_assistants(f"{letter.mail.subject}\n{letter.mail.body[:50_000]}", known=known)


def speaks_to_assistants(words: str, *, known: bool = False) -> bool:
    """The same of a few words."""
    return bool(_ORDERS.search(words) or (not known and _ADDRESSES.search(words)))


def for_many(letter: Letter) -> bool:
    """A newsletter, an advertisement, a list."""
    return letter.mail.bulk or bool(_CRIERS.search(_box(letter)) or _FOR_MANY.search(letter.mail.body))


def by_machine(letter: Letter) -> bool:
    """A receipt, a notice, a confirmation, an answer while somebody is away."""
    return bool(_MACHINES.search(_box(letter)) or _AWAY.search(f"{letter.mail.subject}\n{letter.text[:200]}"))


def sells(letter: Letter) -> bool:
    """A stranger's offer."""
    return bool(_SELLS.search(f"{letter.mail.subject}\n{letter.text}"))


def deceives(letter: Letter) -> bool:
    """What those write who are after money or passwords."""
    return bool(_DECEIVES.search(f"{letter.mail.subject}\n{letter.text}"))


def _box(letter: Letter) -> str:
    return letter.mail.from_address.partition("@")[0]
