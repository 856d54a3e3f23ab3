"""The verbs of change, and the tools that each can have been done with."""

import re

ADD = frozenset({"add_event", "add_task", "accept_suggestion", "accept_action"})
EVENTS = frozenset({"add_event", "accept_suggestion"})
CHANGE = frozenset({"change_event", "change_task", "change_reminder", "snooze_reminder"})
REMOVE = frozenset(
    {"cancel_event", "delete_task", "cancel_reminder", "forget", "dismiss_action", "dismiss_suggestion", "undo"}
)
COMPLETE = frozenset({"complete_task"})
SEND = frozenset({"send_email"})
INVITE = frozenset({"add_event", "change_event", "send_email"})
DRAFT = frozenset({"draft_email"})
REMIND = frozenset({"set_reminder", "change_reminder", "snooze_reminder", "add_task"})
REMEMBER = frozenset({"remember"})
UNDO = frozenset({"undo"})
NEVER: frozenset[str] = frozenset()
"""There is no tool for it, so it can't have been done."""
ANY = ADD | CHANGE | REMOVE | COMPLETE | SEND | DRAFT | REMIND | REMEMBER | UNDO

_VERBS: dict[str, tuple[str, frozenset[str]]] = {
    "add": ("added", ADD | {"set_reminder", "remember", "change_event"}),
    "put": ("put", ADD | REMIND | CHANGE | UNDO | DRAFT),
    "schedule": ("scheduled", EVENTS | {"change_event", "set_reminder"}),
    "book": ("booked", EVENTS),
    "create": ("created", ADD | REMIND | DRAFT),
    "enter": ("entered", ADD),
    "block": ("blocked", EVENTS),
    "reserve": ("reserved", EVENTS),
    "arrange": ("arranged", EVENTS),
    "pencil": ("penciled pencilled", EVENTS),
    "write": ("written wrote", ADD | DRAFT | REMEMBER | SEND),
    "make": ("made", ADD | REMIND | DRAFT | REMEMBER | CHANGE),
    "set": ("set", EVENTS | REMIND | CHANGE | {"add_task"}),
    "save": ("saved", REMEMBER | DRAFT | ADD),
    "store": ("stored", REMEMBER),
    "record": ("recorded", REMEMBER | ADD),
    "note": ("noted", REMEMBER | ADD),
    "memorise": ("memorised memorized", REMEMBER),
    "remember": ("remembered", REMEMBER),
    "move": ("moved", CHANGE),
    "reschedule": ("rescheduled", CHANGE),
    "shift": ("shifted", CHANGE),
    "push": ("pushed", CHANGE),
    "change": ("changed", CHANGE),
    "update": ("updated", CHANGE),
    "rename": ("renamed", CHANGE),
    "extend": ("extended", CHANGE),
    "lengthen": ("lengthened", CHANGE),
    "shorten": ("shortened", CHANGE),
    "postpone": ("postponed", CHANGE),
    "delay": ("delayed", CHANGE),
    "switch": ("switched", CHANGE),
    "swap": ("swapped", CHANGE),
    "adjust": ("adjusted", CHANGE),
    "bring": ("brought", CHANGE),
    "fix": ("fixed", CHANGE),
    "snooze": ("snoozed", frozenset({"snooze_reminder"})),
    "cancel": ("cancelled canceled", REMOVE),
    "delete": ("deleted", REMOVE),
    "remove": ("removed", REMOVE),
    "take": ("taken took", REMOVE),
    "drop": ("dropped", REMOVE),
    "clear": ("cleared", REMOVE),
    "free": ("freed", REMOVE),
    "erase": ("erased", REMOVE),
    "scrap": ("scrapped", REMOVE),
    "scratch": ("scratched", REMOVE),
    "dismiss": ("dismissed", REMOVE),
    "decline": ("declined", REMOVE),
    "call": ("called", NEVER),
    "forget": ("forgotten forgot", REMOVE),
    "tick": ("ticked", COMPLETE),
    "check": ("checked", COMPLETE),
    "cross": ("crossed", COMPLETE | REMOVE),
    "mark": ("marked", COMPLETE),
    "complete": ("completed", COMPLETE),
    "finish": ("finished", COMPLETE),
    "send": ("sent", SEND | INVITE),
    "resend": ("resent", SEND),
    "email": ("emailed mailed", SEND),
    "reply": ("replied", SEND),
    "answer": ("answered", SEND),
    "respond": ("responded", SEND),
    "forward": ("forwarded", SEND),
    "tell": ("told", SEND),
    "ask": ("asked", SEND),
    "notify": ("notified", SEND | INVITE),
    "inform": ("informed", SEND | INVITE),
    "message": ("messaged", SEND),
    "contact": ("contacted", SEND),
    "copy": ("copied", SEND),
    "deliver": ("delivered", SEND),
    "confirm": ("confirmed", NEVER),
    "accept": ("accepted", frozenset({"accept_suggestion", "accept_action"})),
    "invite": ("invited", INVITE),
    "draft": ("drafted", DRAFT),
    "prepare": ("prepared", DRAFT),
    "compose": ("composed", DRAFT),
    "remind": ("reminded", REMIND),
    "undo": ("undone undid", UNDO),
    "revert": ("reverted", UNDO),
    "restore": ("restored", UNDO),
    "reverse": ("reversed", UNDO),
    "attach": ("attached enclosed", NEVER),
    "archive": ("archived", NEVER),
    "file": ("filed", NEVER),
    "order": ("ordered", NEVER),
    "buy": ("bought", NEVER),
    "pay": ("paid", NEVER),
    "text": ("texted", NEVER),
    "phone": ("phoned rang", NEVER),
    "transfer": ("transferred", NEVER),
    "unsubscribe": ("unsubscribed", NEVER),
    "subscribe": ("subscribed", NEVER),
    "upload": ("uploaded", NEVER),
    "share": ("shared", INVITE),
    "block off": ("", EVENTS),
}
DONE = {form: (base, tools) for base, (forms, tools) in _VERBS.items() for form in forms.split()}
"""What each participle claims."""
BASES = {base: tools for base, (_, tools) in _VERBS.items()}
_IN_PASSING = frozenset("remind remember check call tell make take bring write ask".split())
"""Said of more than what a tool does: "I'll tell you", "I'll check"."""
DOING = {
    form: tools
    for base, tools in BASES.items()
    if base not in _IN_PASSING
    for form in (base, f"{base}ing", f"{base.rstrip('e')}ing", f"{base}{base[-1]}ing")
}
"""What is announced by "I'll move" and "I'm moving"."""
NOUNS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"\b(?:calendar|diary)\b"), EVENTS | {"change_event", "cancel_event", "undo"}),
    (re.compile(r"\b(?:lists?|tasks?|to-?dos?)\b"), frozenset({"add_task", "change_task", "complete_task", "delete_task", "accept_action", "undo"})),
    (re.compile(r"\breminders?\b"), frozenset({"set_reminder", "change_reminder", "snooze_reminder", "cancel_reminder", "add_task", "undo"})),
    (re.compile(r"\binvit\w+"), INVITE | {"undo"}),
)  # fmt: skip
"""What is named narrows which tool it can have been."""
