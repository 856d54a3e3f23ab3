"""The words of time: names, spelled numbers, and the slips that people and speech recognisers make."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
DAY_NUMBER = {name: index for index, name in enumerate(WEEKDAYS)}
MONTH_NUMBER = {name: index for index, name in enumerate(MONTHS, 1)}

# English words of their own: in a longer sentence they need company before they mean a date.
WEAK = {"sat", "sun", "wed", "may", "march", "mar", "dec", "second"}

HOLIDAYS = {
    ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25),
    ("christmas",): (12, 25),
    ("xmas",): (12, 25),
    ("boxing", "day"): (12, 26),
    ("new", "year's", "eve"): (12, 31),
    ("new", "years", "eve"): (12, 31),
    ("new", "year", "eve"): (12, 31),
    ("new", "year's", "day"): (1, 1),
    ("new", "years", "day"): (1, 1),
    ("new", "year's"): (1, 1),
    ("new", "years"): (1, 1),
    ("valentine's", "day"): (2, 14),
    ("valentines", "day"): (2, 14),
    ("halloween",): (10, 31),
}

# Hours [from, to) and the hours a clock time said together with the part may lie in.
PARTS = {
    "morning": (6, 12),
    "lunch": (12, 13),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (18, 24),
    "early morning": (6, 9),
    "late morning": (10, 12),
    "early afternoon": (12, 15),
    "late afternoon": (15, 18),
    "early evening": (18, 20),
    "late evening": (20, 22),
}
END_OF_DAY = 17

UNITS = {"second", "minute", "hour", "day", "week", "fortnight", "month", "year"}

HESITATIONS = {"um", "uh", "uhm", "umm", "er", "erm", "hmm", "ah"}
FILLERS = {"oh", "please", "so", "well", "ok", "okay", "yeah", "yes", "just", "say", "actually", "then", "thanks", "sometime", "maybe", "perhaps", "like", ",", ".", "?", "!", ";", ":", "…", '"'}  # fmt: skip
APPROXIMATELY = {"around", "about", "approximately", "roughly", "circa", "exactly"}
EVENING_HINTS = {"dinner", "supper", "drinks"}
MORNING_HINTS = {"breakfast"}

ALIASES = {
    "mon": "monday",
    "tue": "tuesday",
    "tues": "tuesday",
    "wed": "wednesday",
    "weds": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "thurs": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
    "wendsday": "wednesday",
    "wensday": "wednesday",
    "wednsday": "wednesday",
    "wednesdey": "wednesday",
    "tuseday": "tuesday",
    "teusday": "tuesday",
    "tuesdey": "tuesday",
    "thrusday": "thursday",
    "thursdey": "thursday",
    "firday": "friday",
    "saterday": "saturday",
    "satuday": "saturday",
    "munday": "monday",
    "jan": "january",
    "feb": "february",
    "febuary": "february",
    "mar": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "tomorow": "tomorrow",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "tonite": "tonight",
    "midday": "noon",
    "noontime": "noon",
    "lunchtime": "lunch time",
    "oclock": "o'clock",
    "o’clock": "o'clock",
    "till": "until",
    "til": "until",
    "'til": "until",
    "thru": "through",
    "sec": "second",
    "secs": "second",
    "seconds": "second",
    "min": "minute",
    "mins": "minute",
    "minutes": "minute",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "hours": "hour",
    "days": "day",
    "wk": "week",
    "weeks": "week",
    "fortnights": "fortnight",
    "months": "month",
    "years": "year",
    "everyday": "daily",
    "yearly": "annually",
    "biweekly": "fortnightly",
    "each": "every",
    "eod": "eod",
    "tomoz": "tomorrow",
    "arvo": "afternoon",
    "aft": "afternoon",
    "morn": "morning",
    "mornin": "morning",
    "evenin": "evening",
    "cob": "eod",
    "approx": "approximately",
    "@": "at",
    "–": "-",
    "—": "-",
    "a.m": "am",
    "p.m": "pm",
    "a.m.": "am",
    "p.m.": "pm",
    "coming": "this",
    "upcoming": "this",
    "following": "following",
    "previous": "last",
    "past": "past",
}

# Words that a slip is mended to, and English words or names that are near one of them and none.
OFTEN_MISSPELT = frozenset((*WEEKDAYS, *(f"{name}s" for name in WEEKDAYS), "january", "february", "august", "september", "october", "november", "december", "tomorrow", "tonight", "yesterday", "afternoon", "evening", "weekend", "weekends", "weekday", "weekdays", "midnight", "fortnight"))  # fmt: skip
NO_SLIPS = frozenset("sundry sundae sundar sunray sundaes frieda fridman fridays augusta auguste augusto augustus octavia octopus tomboy evensong evenings weekender workday workdays weakens weekly mondale mandate".split())  # fmt: skip

# Pairs that recognisers split.
JOINS = {
    ("to", "morrow"): "tomorrow",
    ("two", "morrow"): "tomorrow",
    ("too", "morrow"): "tomorrow",
    ("2", "morrow"): "tomorrow",
    ("2", "moro"): "tomorrow",
    ("2", "nite"): "tonight",
    ("to", "day"): "today",
    ("to", "night"): "tonight",
    ("week", "end"): "weekend",
    ("week", "ends"): "weekends",
    ("week", "days"): "weekdays",
    ("o", "clock"): "o'clock",
    ("mid", "night"): "midnight",
    ("mid", "day"): "noon",
    ("bi", "weekly"): "fortnightly",
    ("lunch", "time"): "lunch time",
}

UNITS_SPELLED = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}  # fmt: skip
TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30}  # fmt: skip
CARDINALS = UNITS_SPELLED | TEENS | TENS

BEGINNINGS = frozenset(
    (
        *ALIASES, *(part for plain in ALIASES.values() for part in plain.split()), *DAY_NUMBER, *MONTH_NUMBER, *CARDINALS, *ORDINALS, *UNITS, *FILLERS,
        *APPROXIMATELY, *EVENING_HINTS, *MORNING_HINTS, *(part for name in PARTS for part in name.split()), *(names[0] for names in HOLIDAYS),
        *JOINS.values(), *OFTEN_MISSPELT,
        *"""a all an and annually any anytime around at before after beginning between but by christmas close couple current daily did during each early end
        every few first following for fortnightly from had half hourly i in just last late later let's long mid middle monthly next no noon not now of on
        once other over past present quarter quarterly remainder rest right second since single some start starting starts t that the then this through
        till to today tomorrow tonight two until up was weekdays weekend weekends weekly were what whole within workday workdays yesterday year years
        o'clock oh o zero hundred midnight lunch eod business working week month day moment minute hour when""".split(),
    )
)  # fmt: skip
"""What a phrase of time can begin with: a rule that begins with another word has to add it here."""
