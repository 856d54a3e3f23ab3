"""What is told of mails: who wrote what, how it stands, what it asks for; each lie beside what is so."""

from collections.abc import Sequence

import pytest

from tests.unit.agent.claims.mailboxes import GRETA, INBOX, KITES, OLIVER, found, mail, read
from tests.unit.agent.claims.test_elsewhere_deeds import DONE, DRAFTED, MOVED, Told, refused, said

SLATE = read(mail("Greta Lindqvist", "Slate for the roof", "15T07:30", "The slate comes to 4,800 pounds, 60 a bundle. Please send me the pitch of the roof before the inspection. Bruno is bringing the ladder, could you bring gloves? Would Friday be okay for you? Greta"))  # fmt: skip
MARCH = found(GRETA, mail("Nadia Rossi", "Numbers for March", "14T09:00", "They are two percent lower. Nadia"))
BOTH_READ = found(*({**one, "unread": False} for one in (OLIVER, KITES)))
SUPPER = read(mail("Rosa Duarte", "Rehearsal", "14T09:00", "The rehearsal is on Friday at 19:00. The supper is on Saturday at 21:00, not at 20:00. We need 30 candles, not 40. I'll come by bus with three friends. The chapel stays closed in winter. I cannot eat shellfish. Please bring the keys. Rosa"))  # fmt: skip
ASKING = found(mail("Rosa Duarte", "Keys", "14T09:00", "Please send me the keys. Rosa"), mail("Bo Winther", "Supper", "14T10:00", "Are you in on Friday? Bo"), KITES)  # fmt: skip
ORGAN = found(mail("Rosa Duarte", "Budget", "14T09:00", "The chapel is two percent over, and the organ comes late. Pay the tuner 90 pounds in two parts. Send Bo the score. Rosa"), OLIVER)  # fmt: skip
CHAPTER = read(
    mail(
        "Wei Jie Tan",
        "Chapter three",
        "14T09:00",
        "Chapter three is attached, and the invoice is paid. Tell me what you think.",
    )
)
LAST_NIGHT = found(mail("Rosa Duarte", "Keys", "14T21:00", "Please bring the keys tomorrow. Rosa"))
RING: Told = ("add_task", {"receipt": {"title": "Ring Oliver", "due": None, "list": "Tasks", "done": False}, "say": "Ring Oliver is on your list."}, {"title": "Ring Oliver"})  # fmt: skip
DAY_OFF = found(mail("Rosa Duarte", "Friday", "14T21:00", "Could I have a day off on Friday? Rosa"))
NOTHING = found(query="from:petra")
UNANSWERED = refused("complete_task", "unavailable", "The task list didn't answer.", task="twine")
WAITS: Told = ("send_email", {"error": "needs_approval", "say": "Shall I send Noor “Hi Noor, the jars are here”?"}, {"to": ["noor@example.org"], "subject": "Jars on Sunday", "body": "Hi Noor, the jars are here. Mika"})  # fmt: skip
DIARY: Told = ("list_events", {"result": {"events": [], "span": {"starts": "2026-09-15T00:00:00-03:00", "ends": "2026-09-16T00:00:00-03:00"}, "conflicts": []}}, {})  # fmt: skip

TOLD: Sequence[tuple[tuple[Told, ...], Sequence[str], Sequence[str]]] = (
    ((INBOX,), (
        "Greta says the slate is ready on Thursday.", "Greta has signed the order.", "Greta wants the pitch of the roof.", "Greta wants 4,800 pounds for the slate.", "The slate comes to 4,800 pounds.",
        "Oliver wants you to bring two blankets.", "Oliver mentions the blankets and the hostel.", "Oliver says he can't drive the van.", "Oliver can't drive the van.", "Oliver says the hostel is closed on Monday.",
        "You leave from the church at ten past eight.", "Oliver leaves from the church.", "Oliver says you leave at ten past eight.", "One is from Oliver.", "Greta's mail is about the roof.", "Oliver's is about the choir trip.",
        "Greta wrote today, and Oliver yesterday.", "One mail from 14 September is about the choir.", "Someone wants the pitch of the roof.", "They also want two blankets.", "Greta expects an answer.", "You've read Oliver's mail.",
        "Your mail says that slate is ready on Thursday.", "Greta's mail asks for nothing but the pitch of the roof.", "Greta would like the pitch of the roof.", "Your mail mentions no deposit.",
    ), (
        "Greta says the slate is ready on Friday.", "Oliver has signed the order.", "Oliver says the order is signed.", "Oliver wants the pitch of the roof.", "Greta wants 4,900 pounds for the slate.", "The slate comes to 4,900 pounds.",
        "Greta wants nothing.", "Greta wants no scaffolding.", "Oliver wants you to bring three blankets.", "Greta wants you to bring two blankets.", "Oliver mentions the blankets and the ferry.",
        "Oliver says he can drive the van.", "Oliver can drive the van.", "Oliver says the hostel is open on Monday.", "The hostel is open on Monday.", "One is from Petra.", "There's one from Petra too.", "There's a mail from Petra.",
        "Petra's mail is about the roof.", "Petra's mail is unread.", "Oliver's is about the roof.", "Greta's is about the choir trip.", "Petra wrote today.", "Greta wrote today, and the other two came on Sunday.", "Greta is fine with Thursday.",
        "Greta agreed to Thursday.", "Kite Weekly expects an answer.", "Oliver's mail needs an answer.", "None of them needs an answer.", "Greta's mail doesn't need an answer.", "You've read Greta's mail.", "You've read them all.",
        "Everything has been read.", "Oliver writes that it's 1200 pounds.", "Oliver says it takes two hours.", "Oliver says you leave at nine.", "Greta sent you the pitch of the roof.", "Kite Weekly says two kites were tested.",
        "Oliver would like the pitch of the roof.", "Greta writes that the slate's on time but the order was cancelled.",
    )),
    ((INBOX, SLATE), (
        "The slate comes to 4,800 pounds.", "It's 60 a bundle.", "Ten bundles would make 600.", "Bruno is bringing the ladder.", "You should bring gloves.", "She wants you to bring gloves.", "It's about the slate.", "That mail is unread.",
        "She wants the pitch of the roof before the inspection.", "Greta asks whether Friday is okay.", "It would be lovely.", "It needs an answer.", "You have until Friday to answer.",
    ), (
        "It's 70 a bundle.", "Ten bundles would make 700.", "She wants the pitch once the inspection is over.", "She needs the pitch after the inspection.", "She wants you to bring the ladder.", "You should bring the ladder.", "Greta is fine with Friday.", "Greta says Friday is okay.",
        "She doesn't mention a price.", "She doesn't mention a date.", "She sent you the pitch of the roof.", "Greta can't come.", "It also mentions a gutter.", "The gutter is leaking.", "The slate is cancelled.", "Petra brings the ladder.", "It's for Ravi's barn.",
        "She doesn't need an answer.", "You have until Sunday to answer.", "You've read it.",
    )),
    ((MARCH,), (
        "Nadia wrote about Numbers for March.", "Numbers for March is from Nadia.", "Nadia says they're two percent lower.", "Nadia doesn't need an answer.",
    ), (
        "Greta wrote about Numbers for March.", "Numbers for March is from Greta.", "Nadia says they're two percent higher.", "Nadia says they're three percent lower.", "Neither of them needs an answer.", "Both need an answer, Nadia too.", "Greta needs no answer.",
    )),
    ((BOTH_READ,), ("You've read them all.", "Oliver's mail has been read.", "Neither of them needs an answer."), ("Oliver's mail is unread.", "Kite Weekly needs an answer.")),
    ((SUPPER,), (
        "The rehearsal is on Friday at seven.", "The supper is on Saturday.", "The supper is at nine.", "It's 30 candles.", "It's 30 candles, not 40.", "She comes by bus.", "She's coming with three friends.", "The chapel is closed in winter.",
        "She can't eat shellfish.", "Rosa can't eat shellfish.", "You haven't brought the keys yet.", "Rosa says the supper is at nine on Saturday.",
    ), (
        "The rehearsal is on Saturday.", "The rehearsal is at nine.", "The supper is on Friday.", "The supper is at seven.", "It's 40 candles.", "You need 40 candles.", "She comes by train.", "She's coming with two friends.",
        "The chapel stays open in winter.", "She can't come.", "She won't come by bus.", "She can eat shellfish.", "She eats shellfish.", "Rosa says the rehearsal is on Saturday.", "Rosa says she's coming with two friends.", "Saturday works for Bo.", "Friday is great for Rosa.",
    )),
    ((CHAPTER,), ("Wei Jie writes that chapter three is attached.", "Chapter three is attached.", "The invoice is paid, he says."), ("I've attached chapter three.", "The deposit is paid.", "The order is paid.")),
    ((ASKING,), ("Rosa's mail needs an answer.", "Bo's mail needs an answer.", "The kites don't need an answer.", "Kite Weekly doesn't need an answer."), ("Rosa's mail doesn't need an answer.", "Bo's mail doesn't need an answer.", "None of them needs an answer.")),
    ((ORGAN,), (
        "Rosa says the chapel is two percent over.", "Rosa wants you to pay the tuner 90 pounds.", "Rosa wants you to send him the score.", "Rosa wants to meet about the organ.", "Rosa sent two parts.", "Rosa writes that the organ comes late.",
        "Rosa's mail is about the chapel and the organ.", "Her mail is about the tuner.",
    ), (
        "Rosa says the chapel is on budget.", "Rosa says the organ is on time.", "Rosa says the chapel is three percent over.", "Rosa wants you to pay the tuner 95 pounds.", "Rosa wants you to send him the blankets.", "Rosa wants to meet.",
        "Rosa wants you to send him the organ pipes.", "Rosa says the tuner has Dutch relatives.", "Rosa wants you to cancel the tuner.", "Rosa asks you to remove the organ.", "Rosa's mail is about the chapel and the hostel.", "Oliver's mail is about the organ.", "Her mail is about a piano.", "The mail from Rosa is all about the roof.",
    )),
    ((NOTHING,), ("Nothing from Petra.", "Petra's mail isn't there."), ("You've read all her mail.", "One of them is about the rent.", "It says the rent is due.", "There's one about the rent.", "Petra wants the rent.")),
    ((INBOX, DIARY), ("Greta says the slate is ready on Thursday.", "Oliver says the hostel is closed on Monday."), ("Oliver says the hostel is open on Monday.", "Greta says the slate isn't ready on Thursday.", "Greta says the slate is ready on Friday.", "Oliver is fine with the blankets.")),
    ((INBOX, RING), ("Oliver wants you to bring two blankets.",), ("Oliver wants the pitch of the roof.", "Greta says the slate is ready on Friday.")),
    ((LAST_NIGHT,), ("Rosa wants the keys today.",), ("Rosa wants the keys tomorrow.", "Rosa wants the keys yesterday.", "Rosa wants the keys on Monday.")),
    ((DAY_OFF,), ("Rosa asks for a day off.", "Rosa would like a day off on Friday."), ()),
    ((UNANSWERED,), ("The task list refused it.", "That was refused."), ()),
    ((DONE,), (), ("The twine was refused.", "Noor has cancelled.", "Noor is ill.", "The seeds were delayed.")),
    ((MOVED,), ("The beekeeper moved to half past four.",), ("The greenhouse moved to half past four.", "The beekeeper has cancelled.", "Noor moved to half past four.")),
    ((WAITS,), ("The subject is Jars on Sunday.", "Subject: Jars on Sunday.", "It says the jars are here."), ("The subject line says Honey.", "The subject is Jars.", "It says the jars are broken.")),
    ((DRAFTED,), ("The subject is Honey.", "The subject reads Honey, and it isn't sent."), ("The subject is Jars.",)),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, so, _ in TOLD for text in so])
async def test_what_the_mails_bear_out_is_said(told: tuple[Told, ...], text: str) -> None:
    """In other words, too, and with what was opened before what was only found."""
    assert await said(text, *told) == text


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, _, lies in TOLD for text in lies])
async def test_what_they_speak_against_is_not(told: tuple[Told, ...], text: str) -> None:
    """Nor what one of them says, of another."""
    assert await said(text, *told) != text


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Greta wrote. I've signed the order.", True), ("Greta writes, “I've signed the order.”", True), ("Her mail reads, “I've signed the order.”", True), ("I've signed the order.", False),
        ("Her latest mail reads: I've signed the order.", True), ("Oliver wrote. I can't drive.", True), ("Greta wrote. I've signed.", False), ("Oliver wrote. I've signed the order.", False), ("Greta wrote. I've sent the order.", False), ("Greta wrote. I've signed it.", False),
    ],
)  # fmt: skip
async def test_a_mail_is_read_out_once_it_is_told_of(text: str, *, so: bool) -> None:
    """ "I've signed it" is the sender's, after who wrote; alone it is ours."""
    assert (await said(text, INBOX) == text) is so
