"""How people ask for something in a mail, and how they only seem to."""

import re

_WOULD_YOU = r"(?:can|could|would|will) (?:you|u)(?: guys| both| all)?(?: please| kindly| also| maybe| perhaps| possibly| just| quickly)*(?: be able to| be so kind as to)?"
_NEED = r"(?:i|we)(?:'d| would)?(?: still| just| really| also)* (?:need|want|ask|like|love) you to"
_REMEMBER = r"(?:please )?(?:(?:do not|don't) forget to|be sure to|make sure (?:to|that you|you)|remember to)"
_MUST = r"you (?:still |also )?(?:need|have|are required|are asked|are requested) to|you must"
_SOMEBODY = r"\w+ (?:asks?|requests?|wants?|expects?|would like) (?:that you|you to)"
_NICE = r"(?:it would be|it'd be|would be) (?:great|good|helpful|nice|lovely|wonderful|appreciated) if you (?:could|would|can)|if you could(?: please| just)?|(?:i|we)(?:'d| would) (?:really )?(?:appreciate it|be grateful|be glad|be thankful) if you (?:could|would)|(?:i|we) (?:kindly )?(?:ask|request) (?:that )?you (?:to )?"
_WHETHER = r"(?:ask|asking|wonder|wondering|wondered|know) (?:whether|if) you (?:could|would|can|might)(?: please| perhaps| maybe)*(?: be (?:willing|able|so kind|kind enough)(?: as)? to)?"
_PLEASE = r"(?:please|pls|kindly)(?: also| just| do| kindly| could you| can you)*"
ASKS = re.compile(rf"(?:^|\b)(?:{_WOULD_YOU}|{_NEED}|{_REMEMBER}|{_MUST}|{_SOMEBODY}|{_WHETHER}|{_NICE}|{_PLEASE})(?:,)? (?P<what>[a-z].+)", re.IGNORECASE)  # fmt: skip
"""A request in so many words, and what is asked for."""
MIND = re.compile(r"\b(?:would|do) you mind (?P<what>[a-z]+ing\b.+)", re.IGNORECASE)
""" "Would you mind …ing"."""
_VERBS = "send|call|ring|phone|bring|confirm|sign|review|check|reply|answer|pay|book|submit|return|complete|fill|rsvp|read|prepare|update|forward|tell|give|get|pick|drop|collect|take|come|join|choose|vote|order|cancel|let|print|upload|share|approve|schedule|arrange|write|email|e-mail|text|ask|look|have a look|finish|register|renew|transfer|buy"
BARE = re.compile(rf"^(?:so |and |also |then )?(?P<what>(?:{_VERBS})\b.+)", re.IGNORECASE)
"""A bare command, as people write to each other."""
LET_KNOW = re.compile(r"\blet (?:me|us) know(?: by [\w ,]{2,20}?)?,? (?P<what>(?:if|whether|when|which|what|how|where|by|who)\b.*)", re.IGNORECASE)  # fmt: skip
"""What they want to be told."""
LET_KNOW_AT_ALL = re.compile(r"\blet (me|us) know\b", re.IGNORECASE)
"""That they want to be told."""
OURS = re.compile(r"\b(?:need|waiting (?:for|on)|missing|haven't (?:had|got|received|heard)|look(?:ing)? forward to|await(?:ing)?) (?:to )?(?:receive |have |get |hear )?your (?P<what>\w[\w' -]*)", re.IGNORECASE)  # fmt: skip
"""Something of the person's that somebody waits for."""
ASKS_FOR = re.compile(r"\b(?:i|we) (?:would |kindly |have to |must )*(?:ask|request|expect)(?: you)? (?:for )?(?:them|it|these|this|those)\b", re.IGNORECASE)  # fmt: skip
"""Something named before, which somebody asks for; a wish only where a day is named."""
UNLESS = re.compile(
    r"^(can't|cannot|can not|not|no|any (questions?|problems?|doubts?|trouble|worries)|interested|problems?|questions?|trouble|need|want)\b.{0,40}\?$",
    re.IGNORECASE,
)
"""A short question whose sequel is for those who say yes to it."""
DEADLINE = re.compile(r"\bdeadline\b", re.IGNORECASE)
NEEDS = re.compile(r"\b(?:i|we)(?:'ll| will|'d| would)?(?: still| just| really| also)* need (?P<what>(?:the|a|an|that|those|these|this|both|all|some|two|three|four)\b.+)", re.IGNORECASE)  # fmt: skip
"""Something somebody needs; a wish only where a day is named."""
ANSWER = re.compile(r"(tell|answer|inform|confirm (this |it )?to) (me|us)|let (me|us) know|(reply|answer|respond|confirm|get back to (me|us)|write back)( to (me|us|this))?( soon| asap| quickly)?", re.IGNORECASE)  # fmt: skip
"""Requests for nothing but an answer."""
WORD = re.compile(r"\b(give|send|drop) (me|us) (a|an|your) (short |quick |brief )*(yes|no|answer|reply|word|note|line|go-ahead|okay|ok)\b", re.IGNORECASE)  # fmt: skip
""" "Give me a short yes"."""
WANTS = re.compile(r"\b(?:i|we)(?:'d| would| will)? (?:also |still |really |only )*(?:be (?:very )?(?:grateful|glad|thankful|happy) for|appreciate|like to have|still need|need (?=.*\bfrom you\b)) (?P<what>(?:the|a|an|your|some|two|three|those|that|photographs?|photos?|pictures?|copies|proof|details)\b.+)", re.IGNORECASE)  # fmt: skip
"""Something somebody would be glad of."""
ANSWERED_BY = re.compile(
    r"\b(answer|reply|response|hear (back )?from you|(let|tell) (me|us)|know|decision|decide|need|needs|needed|deadline)\b",
    re.IGNORECASE,
)
"""Sentences whose limit is that of the answer."""
VAGUE = re.compile(r"\b(it|that|this|them|so|these|those|one)\b", re.IGNORECASE)
"""What says nothing without the mail."""
RSVP = re.compile(r"\b(rsvp|r\.s\.v\.p|please respond to (this|the) invitation|kindly reply)\b", re.IGNORECASE)
"""An answer to an invitation."""
OWED = re.compile(r"\b(invoice|bill|payment|fee|balance|premium|rent|fine|penalty|tax|taxes|toll|dues|instalment|installment|subscription|amount|contribution|deposit)\b", re.IGNORECASE)  # fmt: skip
"""What can be owed."""
PAY = re.compile(r"(transfer|pay|remit|use|quote)\b", re.IGNORECASE)
"""How it is to be paid."""
PAID = re.compile(r"(direct debit|auto-?pay|automatically|will be (collected|debited|charged|deducted|taken)|has been (paid|received|settled)|thank(s| you) for your (payment|order)|no action|nothing (to do|is due)|paid in full|receipt)", re.IGNORECASE)  # fmt: skip
"""That nothing is to be paid, or nothing more."""
LIMIT_SET = re.compile(r"\b(deadline|(is|are) due|must be (in|submitted|returned|received)|needs? to be (in|submitted|returned|received|back|done|signed)|closes?|expires?)\b", re.IGNORECASE)  # fmt: skip
"""A limit, where nobody asks for anything in so many words."""
NO_WISH = re.compile(
    r"^(find\b|keep (it|this|them|your)\b|come by|look what|like (me|us) to|have (this|your|it)\b.* (ready|at hand)|bring this|note\b|see (attached|below|the attached|enclosed)|be (aware|advised|careful|informed|assured|patient)|feel free|accept (my|our)|"
    r"(do not|don't)\b(?! forget)|ignore|disregard|visit|click|contact (us|our|me (if|with|at))|keep in mind|enjoy|forgive|excuse|know that|refer|understand|bear with|give (my|our) (love|regards|best)|say h(i|ello)|"
    r"believe|imagine|guess|consider (the environment|this)|think of|hesitate|rest assured|stay|take care|let (me|us) know if (you|there)('re| have| need| are| is|'d)? ?(any|anything|further|more|questions?|problems?|have|need|run|want|would|'d|think of)|"
    r"reach out|get in touch if|call (us|our|me) (if|with|at)|write to us if|reply to this (e-?mail|mail|message) (if|with)|download|follow us|share this|subscribe|unsubscribe|log ?in|sign in|have a (nice|great|good|lovely)|get well|look (after|at that|out)|come (again|visit)|take a break|tell (me about it|your friends))\b",
    re.IGNORECASE,
)  # fmt: skip
"""Begins what is asked for by courtesy only, or of everybody."""
NO_NEED = re.compile(r"\b(no need|don't (have|need) to|do not (have|need) to|need not|needn't|nothing (for you )?to do|not required|no action|already (done|sent|paid|sorted)|no longer need)", re.IGNORECASE)  # fmt: skip
"""That it needn't be done."""
IF = re.compile(
    r"^(if|in case|should|unless|when|whenever)\b(?! (you could|possible|it suits|at all possible|not already))",
    re.IGNORECASE,
)
"""Begins what is to be done only if."""
TO_ANOTHER = re.compile(
    r"^(?P<name>[A-Z][a-zà-ž]+)(?: and [A-Z][a-zà-ž]+)?(?:,| -| –|:) ?(?:can|could|please|would|will|you)\b"
)
"""Whom a sentence speaks to."""
NO_NAMES = frozenset("everybody everyone both each guests parents colleagues friends neighbours members also and so please thanks hi hello hey dear well then again finally lastly first second next now ok okay yes no sorry all everyone team folks guys otherwise however meanwhile update important reminder".split())  # fmt: skip
"""Words in that place that are nobody's name."""
QUESTION = re.compile(r"\b(you|your|we|shall i|should i|ok(ay)? (with|for)|works?|suits?)\b", re.IGNORECASE)
"""What makes a question one to the person."""
NO_QUESTION = re.compile(r"\b(how are you|how('s| is| are) (it|things|life|you|everything|the (family|kids|weather))|hope you|did you know|any questions|questions\?|remember when|isn't it|right\?$|can you (believe|imagine)|what do you get|guess what|ready (to|for)|did you see|have you seen|have you heard|looking for|are you tired|want to)\b", re.IGNORECASE)  # fmt: skip
"""Questions that want no answer."""
TO_PAY = re.compile(
    r"\b(due|payable|pay|settle|transfer|remit|(has|have|needs?|must) (to )?be (on|in|paid)|(on|in|to|into) (our|the) account)\b",
    re.IGNORECASE,
)
"""That it is to be paid."""
NO_THING = re.compile(r"(reply|answer|response|patience|understanding|continued|visit|help|support|business|order)\b")
"""What somebody waits for, and it is nothing one could bring."""
