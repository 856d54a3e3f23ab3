"""German, as it is read: word for word in English, with the hours, the names and the verbs where English has them."""

import pytest

from agent.claims.german import in_english, is_german
from agent.claims.plain import stems

KNOWN = stems("Zumba meiling standup")
"""What somebody has said, or a tool."""


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        ("um drei", "3 o'clock"), ("um 3 Uhr", "3 o'clock"), ("um zwölf Uhr", "12 o'clock"), ("um ein Uhr", "1 o'clock"), ("um Viertel nach neun", "9:15"),
        ("um Viertel vor neun", "8:45"), ("um dreiviertel neun", "8:45"), ("um halb eins", "12:30"), ("um halb acht Uhr", "7:30"), ("um fünf vor halb acht", "7:25"),
        ("um zehn nach halb acht", "7:40"), ("um 20 nach 3", "3:20"), ("um fünf Minuten vor eins", "12:55"), ("um 13 Uhr", "13:00"), ("um dreizehn Uhr", "13:00"),
        ("um dreiundzwanzig Uhr", "23:00"), ("um 24 Uhr", "0:00"), ("um 24:15 Uhr", "0:15"), ("um 17:45 Uhr", "17:45"), ("um 9.05 Uhr", "9:05"),
        ("um 17 Uhr dreißig", "17:30"), ("um sieben Uhr fünf", "7:05"), ("um zwanzig Uhr 5", "20:05"),
    ],
)  # fmt: skip
def test_an_hour_is_told_in_figures(hour: str, told: str) -> None:
    """However it is said; halves and quarters belong to the hour that comes."""
    assert in_english(f"Der Zahnarzt ist {hour}.", KNOWN) == f"the dentist is at {told}."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("von neun bis elf", "from 9 o'clock until 11 o'clock"), ("um drei Aufgaben", "at three tasks"), ("eine Dreiviertelstunde", "45 minutes"),
        ("eine halbe Stunde", "half an hour"), ("eineinhalb Stunden", "90 minutes"), ("zwei Stunden", "two hours"), ("eine Stunde", "an hour"),
        ("Guten Morgen, heute Morgen ist frei", ", morning is free"), ("bis auf den Zahnarzt", "except the dentist"),
    ],
)  # fmt: skip
def test_what_else_is_told_of_time(text: str, told: str) -> None:
    """Stretches, lengths, and numbers that are no hours."""
    assert in_english(text, KNOWN) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ich habe den Klempner auf Freitag verschoben.", "i have moved the plumber on friday."),
        ("Wir haben den Klempner gelöscht.", "we have deleted the plumber."),
        ("Ich habe den Klempner nicht verschoben.", "i have not moved the plumber."),
        ("Angerufen habe ich ihn nicht.", "i have not phoned him."),
        ("Verschoben haben wir den Klempner.", "we have moved the plumber."),
        ("Anna hat die Mail gestern bekommen.", "Anna has received the mail yesterday."),
        ("Anna hat die Mail nicht bekommen.", "Anna has not received the mail."),
        ("Der Zahnarzt wurde auf Montag verschoben.", "the dentist was moved on monday."),
        ("Der Zahnarzt wurde heute nicht verschoben.", "the dentist was not moved today."),
        ("Die Mail ist gestern gesendet worden.", "the mail is sent yesterday."),
        ("Ich erinnere dich um acht.", "i'll remind you at 8 o'clock."),
        ("Ich sende die Mail, und lösche den Termin.", "i'll send the mail, and delete the appointment."),
        ("Der Zahnarzt fällt morgen aus.", "the dentist is cancelled tomorrow."),
        ("Das Meeting fängt um neun an.", "the meeting starts at 9 o'clock."),
        ("Tom ruft dich um zehn an.", "Tom calls you at 10 o'clock."),
        ("Um zehn steht der Zahnarzt an.", "at 10 o'clock there are the dentist."),
        ("Der Zahnarzt steht im Kalender.", "the dentist is in the calendar."),
        ("Los geht's um neun.", "it starts at 9 o'clock."),
    ],
)
def test_what_was_done_stands_beside_its_verb(text: str, told: str) -> None:
    """ "Is cancelled tomorrow", not "falls tomorrow out"; what is denied stays denied."""
    assert in_english(text, KNOWN) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Morgen hast du nichts vor.", "tomorrow you have nothing."),
        ("Du bist ab drei Uhr frei.", "you are free from 3 o'clock."),
        ("Du hast morgen frei.", "you are free tomorrow."),
        ("Du bist nicht frei.", "you are not free."),
        ("Du hast morgen nur einen Termin.", "you have tomorrow only one appointment."),
        ("Du hast noch zwei Termine, und auch eine Aufgabe.", "you still have two appointments, and also a task."),
        ("Morgen isst du mit Mira zu Mittag.", "tomorrow you have with Mira lunch."),
        ("Dann isst du um sieben zu ABEND!", "then you have at 7 o'clock dinner!"),
        ("Morgen haben Sie zwei Termine: wann?", "tomorrow you have two appointments:?"),
        ("Sie haben zwei Termine.", "you have two appointments."),
        ("Brauchen Sie Milch", "you milk"),
        ("Sie kommt um neun.", "she comes at 9 o'clock."),
    ],
)
def test_you_and_what_you_have_come_first(text: str, told: str) -> None:
    """The polite "Sie" is you, in the midst of a sentence or with a verb of many."""
    assert in_english(text, KNOWN) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Das ist von Jürgen.", "the is from Jürgen."), ("Bei Hofmann bist du mit Birgit.", "at Hofmann you are with Birgit."), ("Denk an Heike!", "an Heike!"),
        ("Mit Anna-Lena hast du ein Meeting.", "with Anna Lena you have a meeting."), ("Studio 4 ist belegt.", "Studio 4 is busy."), ("Jürgen kommt um neun.", "Jürgen comes at 9 o'clock."),
        ("Heute kommt Jürgen.", "today comes."), ("Jürgen", ""), ("Mein zumba und Mei-Ling sind da.", "my zumba and Mei-Ling are."), ("Das Stand-Up ist belegt.", "the stand-up is busy."),
        ("Das Budget-Gespräch ist heute.", "the budget meeting is today."), ("Die Vorbesprechung ist heute.", "the before meeting is today."),
        ("Das Geburtstagsessen und die Budgetmail.", "the birthday lunch and the budget mail."), ("Der Abflug ist heute.", "the is today."), ("Der Budgettag ist heute.", "the is today."),
        ("Die Bankmail! Nur ein schöner Tag.", "the bank mail! only a day."),
    ],
)  # fmt: skip
def test_names_stay_and_compounds_are_told_by_their_parts(text: str, told: str) -> None:
    """A name stands beside "with" or before a number or a verb; what nobody knows is left out."""
    assert in_english(text, KNOWN) == told


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Der Zahnarzt ist um zehn.", True), ("Verschoben.", True), ("GELÖSCHT!", True), ("The dentist is at ten.", False), ("I've moved it to the Termin.", False), ("Zumba", False),
    ],
)  # fmt: skip
def test_german_has_more_german_words_than_english_ones(text: str, *, german: bool) -> None:
    """One word alone is enough; names tell nothing."""
    assert is_german(text) is german
