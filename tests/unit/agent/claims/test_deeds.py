"""Which changes a clause claims: of ours, or that they have happened; and which tools could have made them."""

import pytest

from agent.claims.deeds import deeds, promises


def told(clause: str) -> list[tuple[str, bool]]:
    """The verbs it claims, and whether each is said to be ours."""
    return [(deed.verb, deed.own) for deed in deeds(clause)]


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("i've added milk to your list.", "add"), ("we have just cancelled the ferry.", "cancel"), ("i deleted it.", "delete"), ("i've also already moved the choir to six.", "move"),
        ("i've ticked it off and successfully moved the choir", "move"), ("i found the choir, then moved it to six.", "move"), ("i looked at it, moved the choir.", "move"), ("i opened it and also moved the choir.", "move"),
        ("i've checked the bread off.", "check"), ("i told tom about it.", "tell"), ("i asked tom to come.", "ask"), ("i've marked the bread as done.", "mark"), ("i've marked it as important", "mark"),
        ("i've put the choir on your calendar.", "put"), ("i've set an alarm for six.", "set"), ("i've taken the bread off the list.", "take"), ("i took the choir out of your calendar.", "take"), ("i've taken down the choir", "take"), ("i've taken away the choir.", "take"),
        ("the choir, which i moved to six.", "move"), ("i wrote it on your list.", "write"),
    ],
)  # fmt: skip
def test_what_we_say_we_did_is_claimed_as_ours(clause: str, verb: str) -> None:
    """By the last verb of it, whatever little words stand between."""
    assert (verb, True) in told(clause)


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("moved to six.", "move"), ("the choir is moved to six.", "move"), ("your bread has been ticked off.", "tick"), ("the mail got sent just now.", "send"), ("tom's been invited.", "invite"),
        ("mail sent.", "send"), ("sent.", "send"), ("reminder set for six.", "set"), ("alarm set for six.", "set"), ("timer set for ten minutes.", "set"), ("reminders set.", "set"),
        ("choir cancelled, the rest stays.", "cancel"), ("milk added, bread added.", "add"), ("it's called choir practice now.", "call"), ("your old choir cancelled.", "cancel"),
        ("no worries, your haircut's been cancelled", "cancel"), ("until two the room is booked.", "book"), ("from ten until noon the room is booked.", "book"), ("it was moved to six.", "move"),
        ("the job is finished.", "finish"), ("the one you painted is finished.", "finish"), ("deleted the choir.", "delete"), ("done, deleted it.", "delete"), ("as you wanted bread has been added.", "add"), ("before lunch the milk was added.", "add"), ("before it's light the milk was added.", "add"), ("before we left it is moved.", "move"),
        ("if you look in there the milk has been added.", "add"), ("the bread is marked as done.", "mark"), ("your old choir practice cancelled.", "cancel"), ("the choir is moved by an hour.", "move"),
    ],
)  # fmt: skip
def test_what_is_said_to_have_happened_is_claimed_as_nobodys(clause: str, verb: str) -> None:
    """It may have been somebody else, and be a fact."""
    assert (verb, False) in told(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "it isn't moved.", "nothing was ever moved.", "nothing that you told me was moved.", "if it is moved you lose the room.", "unless it's cancelled by then.", "let me see whether it was sent.", "it can be moved.", "it will be sent.", "the mail should have been sent.",
        "you want it moved.", "she wants it moved.", "you wanted it sent.", "you'd like it cancelled.", "all i've got stored.", "have a look before it's sent.", "wait until it's cancelled.", "till it gets sent.",
        "something was wrong with how i asked for it.", "i look before it's sent.", "that took long.", "you cancelled twice.", "i asked you which one.", "i told you.", "tom has moved on.", "they've cancelled.", "tom wrote twice.", "the people from the choir cancelled.", "why we moved it.", "where i moved it.", "what i can do is put it in for six.", "what i could do is put it in.",
        "you're finished at four.", "you'll be finished at four.", "you are finished by four.", "that hour is taken.", "the slot was taken.", "it took an hour.",
        "sarah's mail is marked as important.", "it's marked unread.", "you moved it.", "you told me about it.", "tom asked you about it.", "you'll be told about it.", "he called me.", "that call added nothing.", "that brought up nothing.", "the search brought back none.",
        "i've checked your calendar.", "i checked the mail.", "tom sent it.", "she has sent it.", "he's moved to bonn.", "who's invited?", "she's called twice.", "it was sent by tom.", "they were invited by tom.", "tom wrote about it.",
        "the stop is called an old name.", "you're booked until three.", "the choir put it there.", "the choir set.", "your landlord moved the date.", "some of the people from the old choir cancelled.",
        "he came and moved it.", "what you asked me moved on.",
    ],
)  # fmt: skip
def test_what_is_denied_wished_or_somebody_elses_is_no_claim(clause: str) -> None:
    """No receipt is asked for."""
    assert told(clause) == []


@pytest.mark.parametrize(
    ("clause", "parts"),
    [
        ("i added milk and moved the choir to six.", ["i added milk", "and moved the choir to six"]), ("milk added, bread ticked off.", ["milk added", ", bread ticked off"]),
        ("i added milk then moved the choir.", ["i added milk", "then moved the choir"]), ("i added milk but cancelled the choir.", ["i added milk", "but cancelled the choir"]), ("and milk added - choir moved.", ["and milk added", "choir moved"]), ("it was added and moved.", ["it was added", "and moved"]), ("added and moved.", ["added", "and moved"]),
        ("i found bread and butter, and i added it and moved the choir.", ["and i added it", "and moved the choir"]),
        ("two things: milk's added, the choir's moved.", ["milk's added", ", the choir's moved"]),
        ("i found the choir and your mail was sent and moved.", ["and your mail was sent", "and moved"]), ("i saw the choir, the mail was sent and moved.", [", the mail was sent", "and moved"]), ("it's there, it was moved and i deleted it.", [", it was moved", "and i deleted it"]),
        ("i saw it, i've added milk and moved it.", [", i've added milk", "and moved it"]),
        ("both are added and moved.", ["", ""]), ("i added milk and eggs.", [""]),
    ],
)  # fmt: skip
def test_each_of_several_deeds_has_its_own_part(clause: str, parts: list[str]) -> None:
    """Its hours and names are those of that part; where both are meant, or one deed alone is told, it is the whole clause."""
    assert [deed.part for deed in deeds(clause)] == parts


@pytest.mark.parametrize(
    ("clause", "able", "unable"),
    [
        ("i've called off the choir.", "cancel_event", "add_event"), ("it's called evensong now.", "change_event", "add_event"), ("it's now called evensong", "change_task", "send_email"), ("i've set it to done.", "complete_task", "add_event"), ("i've set it as finished.", "complete_task", "set_reminder"),
        ("i've added it to your calendar.", "add_event", "add_task"), ("i've put it on your list.", "add_task", "add_event"), ("i've set a reminder.", "set_reminder", "add_event"), ("i've sent the invitation.", "add_event", "add_task"), ("i've sent tom the list.", "send_email", "add_task"), ("it has already been called evensong.", "change_event", "add_event"), ("she is the one i called yesterday.", "", "change_event"), ("i've archived it.", "", "delete_task"),
        ("i've called the choir.", "", "change_event"), ("he's called off the choir on the list.", "", "add_task"), ("tom was called.", "", "change_event"), ("i've deleted the task on the calendar.", "undo", "delete_task"),
        ("i've cancelled the choir on your calendar and ticked off the bread.", "cancel_event", "cancel_reminder"), ("all done.", "send_email", "list_events"), ("all gone.", "delete_task", "send_email"), ("i've sorted everything out.", "draft_email", "recall"),
        ("the bread is on your list.", "add_task", "cancel_event"), ("it has vanished from your calendar.", "complete_task", "add_event"), ("i managed to reach them.", "send_email", "recall"), ("i've squeezed it in.", "add_event", "recall"),
    ],
)  # fmt: skip
def test_a_deed_is_borne_out_by_the_tools_that_can_have_done_it(clause: str, able: str, unable: str) -> None:
    """What is named in the clause narrows them: the calendar, a list, a reminder, an invitation."""
    tools = frozenset().union(*(deed.tools for deed in deeds(clause)))
    assert not able or able in tools
    assert unable not in tools


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("i managed to reach them.", "do"), ("i've squeezed it in at six.", "squeezed"), ("i have quickly watered the plants.", "watered"), ("i looked, and then i watered the plants.", "watered"),
        ("it wasn't there when i looked, so i watered it.", "watered"), ("everything's done.", "do"), ("it's all gone.", "cancel"),
    ],
)  # fmt: skip
def test_any_verb_of_ours_is_a_deed(clause: str, verb: str) -> None:
    """Also one that there is no tool for; then only a receipt can bear it out."""
    assert told(clause)[:1] == [(verb, True)]


@pytest.mark.parametrize(
    "clause",
    ["i didn't manage to reach them.", "i haven't been able to, and never was able to.", "i looked for it.", "i've seen it.", "i haven't watered it.", "the way i watered it was wrong.", "nobody but i watered it.", "i had no luck and i've watered nothing."],
)  # fmt: skip
def test_what_does_no_harm_is_no_deed(clause: str) -> None:
    """To have looked, read or understood, and what wasn't done."""
    assert told(clause) == []


@pytest.mark.parametrize(
    ("clause", "able"),
    [
        ("i'll add it to your list.", "add_task"), ("let me just move it.", "change_event"), ("i'm moving it now.", "change_event"), ("i am cancelling it.", "cancel_event"), ("i'm deleting it.", "delete_task"), ("i'm putting it on your list.", "add_task"),
        ("i'm going to go ahead and send it.", "send_email"),
    ],
)  # fmt: skip
def test_what_is_announced_is_a_promise(clause: str, able: str) -> None:
    """One of those tools has to be called in this turn."""
    assert able in promises(clause)


@pytest.mark.parametrize(
    "clause",
    ["i'll remind you.", "i'll remember that.", "i'll check.", "let me tell you.", "i'll make it short.", "i'll take that as a yes.", "i'll bring it up.", "i'll write it again.", "let me ask you.", "you add it.", "i'm happy.", "i'm booked until four."],
)  # fmt: skip
def test_what_is_said_of_more_than_tools_is_none(clause: str) -> None:
    """ "I'll check" is kept by any look, a reminder by what is set."""
    assert promises(clause) == frozenset()
