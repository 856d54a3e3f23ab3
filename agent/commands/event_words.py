"""Words that tell what belongs on a calendar, and what only looks so."""

MEETINGS = frozenset(
    "meeting appointment event call lunch dinner breakfast brunch coffee session review interview class lesson party date catch-up "
    "checkup check-up standup stand-up sync retro workshop drinks visit talk briefing conference webinar demo reception".split()
)

DAY_LONG = frozenset("wedding fair marathon camp birthday bday b-day holiday holidays vacation off anniversary trip leave conference festival bank deadline day honeymoon easter christmas retreat travel sick".split())  # fmt: skip

OUT_OF_REACH = frozenset("table flight flights hotel taxi cab ticket tickets uber room train plane seat car restaurant holiday-home airbnb".split())  # fmt: skip

NOT_BOOKED = frozenset(
    tuple(pair.split())
    for pair in "table tennis|table football|car wash|car service|car inspection|room inspection|car maintenance|train ride|flight lesson|seat fitting|train spotting|table quiz".split(
        "|"
    )
)
"""Things that only begin like what a restaurant or an airline would have to book."""

NOUN_PAIRS = frozenset(
    tuple(pair.split())
    for pair in "check up|catch up|meet up|pick up|drop off|day off|time off|week off|afternoon off|morning off|evening off|kick off|stand up|sign up|follow up|wind down|sit down|lie down|sleep over|warm up|clean up|round up|line up|days off|night out|day out|walk out|cook out|work out|get together".split(
        "|"
    )
)
"""Nouns whose last word alone would be read as one of place."""

AWAY = frozenset("out away off back together up down aside".split())

NO_NAMES = frozenset("it that this them something one anything more everything all things".split())

LEADING = frozenset("on off up out over away down with back at around".split())

FINITE = frozenset("says say starts ends begins opens closes shows looks seems is are has had".split())

PAST = frozenset("was were facebook linkedin instagram tiktok snapchat".split())

TIDYING = frozenset("arrange organise organize reserve fix enter".split())

OWN = frozenset("today's tomorrow's tonight's week's weekend's month's year's day's monday's tuesday's wednesday's thursday's friday's saturday's sunday's".split())  # fmt: skip

NAMELESS = frozenset("event events appointment entry new a an the calendar one something reminder".split())

CHORES = frozenset("buy get pick pay water clean order fix return renew finish wash bring collect prepare ring phone post print read fill sign submit feed mow hoover vacuum iron tidy charge replace empty fetch mend repair write send email drop".split())  # fmt: skip
"""Verbs that begin something to do, and hardly an appointment."""

DUTY = tuple(tuple(duty.split()) for duty in """i have to|we have to|i need to|we need to|i have got to|i must|we must|i am going to|we are going to|i will be at|i am at|i have|we have|there is|i am|we are|i will|i should|i got|my|our|i have got|i am having|we are having""".split("|"))  # fmt: skip

LOOSE = frozenset("make set create get do drop throw log record save note write grab hold chuck register".split())
"""Verbs that need not be about a calendar: "make me a coffee at three"."""

CALENDARS = frozenset("calendar diary schedule agenda planner timetable".split())

CALENDAR_WORDS = frozenset("calendar diary schedule agenda planner timetable event appointment entry".split())

APPOINTMENTS = MEETINGS | frozenset("dentist doctor gym yoga haircut hairdresser barber physio plumber movie cinema concert football tennis swimming training choir theatre optician vet massage game match night show".split())  # fmt: skip

VERBS = frozenset("is are was were am be been has have had do does did will would could should can might may i you he she we they me him us them it not no what when where who how why which if went going said told asked moved cancelled".split())  # fmt: skip
