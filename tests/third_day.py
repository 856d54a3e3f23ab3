"""Twenty-four mails of a third day: work among engineers, clubs, offices; these too were used to make the rules better."""

from tests.morning import ME, Letter, sent

NOOR = "Noor <noor@turbine.example>"
TREASURER = "Treasurer <kasse@rowing-club.example>"
SIS = "Lisbeth <lisbeth@mail.example>"

WRITTEN = [
    sent(33, "noor@turbine.example", "Release", "Let's do it on Monday.", "release"),
    sent(52, "lisbeth@mail.example", "Dad", "How is he?", "dad"),
]

LETTERS = [
    Letter(
        hours=1, sender=NOOR, subject="Re: Release", thread="release", matters=True,
        body="Monday works. Two things before that:\n1. could you have a look at my branch? it's the retry one\n2. we need someone on call over the weekend, I suggest you :)\n\nNoor",
        asks=[("have a look at my branch", None)],
    ),
    Letter(
        hours=2, sender=NOOR, subject="access logs", matters=True,
        body="do you still have the access logs from last tuesday? need them for the incident report, due thursday 5pm",
        asks=[("access logs from last tuesday", 1)],
    ),
    Letter(
        hours=3, sender=SIS, subject="Re: Dad", thread="dad", matters=True,
        body="He is better, thank God. The hospital wants his insurance card though, the copy is at your place isn't it? Could you scan it and mail it to me tonight?",
        asks=[("scan it and mail it", 0)],
    ),
    Letter(
        hours=4, sender=TREASURER, subject="Membership fee 2026", matters=True,
        body="Dear members,\nthe fee for 2026 (120 euros) has to be on our account by 31 March. Those who have set up a standing order need do nothing.",
        asks=[("has to be on our account by 31 March", 27)],
    ),
    Letter(
        hours=5, sender="Journal of Soils <editor@soils.example>", subject="Invitation to review", matters=False,
        body="Dear Dr. X, we would be grateful if you could review the manuscript below within three weeks. Please click on accept or decline.",
    ),
    Letter(
        hours=6, sender="Estate Agency Holm <holm@holm-estate.example>", subject="Viewing", matters=True,
        body="Thank you for your interest. The viewing takes place on Thursday at 17:30. We ask you to bring proof of income and a copy of your passport.",
        asks=[("bring proof of income", None)],
    ),
    Letter(
        hours=7, sender="Accountant Freund <freund@tax-freund.example>", subject="Your tax return", matters=True,
        body="Dear client,\n\nfor your return the following papers are missing:\n- statement of the health insurance\n- receipts for travel\n\nWe would ask for them by the end of the month.",
        asks=[("ask for them by the end of the month", 27)],
    ),
    Letter(
        hours=8, sender="Plumber Sand <sand@plumber-sand.example>", subject="Quote 77", matters=True,
        body="Hello, attached you'll find our quote for the bathroom. It is valid until 20 March. We look forward to your order.",
    ),
    Letter(
        hours=9, sender="Book club <tilda@mail.example>", subject="next book", matters=True,
        body="Hi there! It's your turn to choose the next book. Send me your three titles when you have them, I'll make the poll.",
        asks=[("Send me your three titles", None)],
    ),
    Letter(
        hours=10, sender="A student <s.amara@university.example>", subject="Letter of recommendation", matters=True,
        body="Dear Professor, I am applying for a master's place in Delft and wanted to ask whether you would be willing to write me a letter of recommendation. The deadline is 25 March.",
        asks=[("willing to write me a letter|deadline is 25 March", 21)],
    ),
    Letter(
        hours=11, sender="Car share <joost@mail.example>", subject="keys", matters=True,
        body="hey, you've got the car next, right? keys are in the box. pls refuel before you bring it back, last time it was empty",
        asks=[("pls refuel", None)],
    ),
    Letter(
        hours=12, sender="Hotel Sonne <info@hotel-sonne.example>", subject="Your stay", matters=True,
        body="Dear guest, we look forward to welcoming you on Friday. At what time do you expect to arrive? Our desk closes at 22:00.",
        asks=[("At what time do you expect", None)],
    ),
    Letter(
        hours=13, sender="Warehouse <orders@warehouse.example>", subject="Order 5512 shipped",
        body="Your order has left our warehouse. Please check the parcel for damage on arrival.",
    ),
    Letter(
        hours=0.4, sender="Translators <jobs@lingua.example>", subject="New project for you?", matters=True,
        body="We have 1,200 words German to English, delivery Monday 9 am. Are you available? Reply by 3 pm today at the latest.",
        asks=[("Are you available|Reply by 3 pm today", 0)],
    ),
    Letter(
        hours=15, sender="Food Bank <volunteers@foodbank.example>", subject="Shift on Saturday", matters=True,
        body="You're down for Saturday 8-12. Please wear closed shoes. Can't make it? Tell us as early as possible.",
        asks=[],
    ),
    Letter(
        hours=16, sender="Pension Fund <mail@pension.example>", subject="Annual statement",
        body="Enclosed is your annual statement. Please keep it with your papers.",
    ),
    Letter(
        hours=17, sender="Museum Shop <shop@museumshop.example>", subject="20% for members",
        body="As a member you get 20% until Sunday. Come by!",
    ),
    Letter(
        hours=18, sender="Sales <dan@cloudcost.example>", subject="saw your job post",
        body="Hi, saw you're hiring. We cut cloud bills by 40%. Worth a chat next week? Reply with a time.",
    ),
    Letter(
        hours=19, sender="Security Team <security@secure-login.example>", subject="New sign-in",
        body="We noticed a new sign-in. If this wasn't you, secure your account now: http://secure-login.example",
    ),
    Letter(
        hours=20, sender=SIS, subject="ha", matters=False,
        body="look what I found (photo)",
    ),
    Letter(
        hours=21, sender=NOOR, to=("all@turbine.example",), subject="Fridge",
        body="Please label your food. Everything without a name goes on Friday.",
    ),
    Letter(
        hours=22, sender="Dog sitter <wuff@mail.example>", subject="Easter", matters=True,
        body="I still have room over Easter! Would you like me to take Bruno from the 3rd to the 7th? I need to know by Sunday because others are asking.",
        asks=[("Would you like me to take|need to know by Sunday", 4)],
    ),
    Letter(
        hours=23, sender="Registry Office <registry@city-office.example>", subject="Identity card", matters=True,
        body="Your new identity card is ready. Please collect it in person within four weeks; bring the old one.",
        asks=[("collect it in person", 27), ("bring the old one", None)],
    ),
    Letter(
        hours=24, sender="Choir <ines@choir.example>", to=(ME,), subject="solo", matters=True,
        body="We'd love you to sing the solo in May. What do you say?",
        asks=[("sing the solo|What do you say", None)],
    ),
]  # fmt: skip
"""The person's clock shows the same Wednesday."""
