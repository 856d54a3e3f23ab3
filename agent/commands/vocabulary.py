"""Misspelt and misheard words of command, and what they are meant for. Names and titles keep their own spelling."""

from agent.when.spelling import Vocabulary

MENDED = {
    "cansel": "cancel", "cancle": "cancel", "cancell": "cancel", "canel": "cancel", "counsel": "cancel", "meating": "meeting",
    "meatings": "meetings", "meting": "meeting", "metting": "meeting", "calender": "calendar", "calandar": "calendar", "calander": "calendar",
    "calendars": "calendar", "shedule": "schedule", "schedual": "schedule", "scedule": "schedule", "remainder": "reminder",
    "remainders": "reminders", "remined": "remind", "remine": "remind", "apointment": "appointment", "appointement": "appointment",
    "appoinment": "appointment", "apointments": "appointments", "dairy": "diary", "tommorow": "tomorrow", "tommorrow": "tomorrow",
    "tomorow": "tomorrow", "emale": "email", "emales": "emails", "mails": "mails", "u": "you", "plz": "please", "pls": "please", "thx": "thanks",
    "ur": "your", "draught": "draft", "inn": "in", "todays": "today's", "tomorrows": "tomorrow's", "reschedual": "reschedule",
    "re-schedule": "reschedule", "summarise": "summarize", "cronus": "chronus", "chronos": "chronus", "kronos": "chronus", "kronus": "chronus",
    "shoping": "shopping", "grocerys": "groceries", "taks": "task", "undue": "undo", "massages": "messages", "untick": "untick",
    "urgend": "urgent", "delet": "delete", "remaind": "remind", "mum's": "mum's", "anythink": "anything", "sumarize": "summarize",
    "wright": "write", "writte": "write", "drafft": "draft", "meetting": "meeting", "massage": "message", "messege": "message", "recieve": "receive", "recieved": "received", "untill": "until",
    "r": "are", "wen": "when", "wot": "what", "wat": "what", "wats": "what's", "wots": "what's", "wich": "which", "wich's": "which is", "cal": "calendar", "appt": "appointment", "appts": "appointments", "mtg": "meeting",
    "mtgs": "meetings", "msg": "message", "msgs": "messages", "rmd": "remind", "bizzy": "busy", "bussy": "busy", "buzy": "busy", "readed": "read",
    "redd": "read", "sended": "sent", "writed": "wrote", "goin": "going", "doin": "doing", "comin": "coming", "happenin": "happening",
    "lookin": "looking", "nothin": "nothing", "somethin": "something", "anythin": "anything", "evrything": "everything", "bday": "birthday", "b-day": "birthday",
    "w": "with", "w/": "with", "abt": "about", "b4": "before", "cld": "could", "wld": "would", "shld": "should", "luv": "love", "gd": "good",
    "skedule": "schedule", "grocerie": "groceries", "shopin": "shopping", "shoppin": "shopping", "skool": "school", "fone": "phone", "lst": "list", "lists'": "list", "remeber": "remember", "rember": "remember", "tsk": "task",
    "sumthing": "something", "postpond": "postpone", "diry": "diary", "delite": "delete", "emial": "email", "mornin": "morning", "evenin": "evening",
}  # fmt: skip

_SPELT = Vocabulary(
    """calendar diary schedule agenda planner appointment appointments meeting meetings reminder reminders remind remember forget cancel cancelled
    delete remove reschedule postpone shopping groceries grocery email emails messages inbox mailbox unread important urgent tomorrow
    tonight available overdue summarize summary briefing something everything anything nothing complete completed finished
    birthday breakfast session rename please unanswered tomorrow's weekend suggestions conflicts appointments double dentist
    monday tuesday wednesday thursday friday saturday sunday""".split(),
    besides="""dairy scheduled schedules planned planners melting meanings reindeer reminded remainder reminds remembers remembered forgot forge
    forged chancel cancer cancers canceled concealed deleted remote removed removes postponed shooting skipping shouting stopping slapping snapping shocking
    slipping stepping shipping chopping swapping popping massage undead importance importantly breeding bringing summoned summarized submarine completes
    compete competed competes computed complied complexes complexion compelled completely finishes furnished sessions somethin smoothing soothing renamed
    pleas pleased diner dinners agent imports imported sunday sundae sundry sundar monday fridge dentists dentistry rescheduled availability
    shopper shoppers swooping propping whopping hopping summery emails' greetings meetings nothings breakfasts conflict conflicted doubled doubles
    remission removal forgets forgery grocer grocers appointed cancels canceling canals session's passion messaged mailbag inboxes tonic unready
    seating seeding meaning moving""".split(),
)  # fmt: skip


def meant(word: str) -> str:
    """The word as it is compared: mended where it is a slip of one of the grammar's own."""
    return MENDED.get(word) or _SPELT.near(word) or word
