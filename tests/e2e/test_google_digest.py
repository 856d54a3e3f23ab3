"""The digest of a Gmail account: whole texts, Gmail's own word on what was written to many, tasks at Google."""

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.e2e.google_whole import Talker, talking
from tests.emulators.google.tasks import DEFAULT

LONG = "The offers are in, and I have put them side by side in the table, with what each of them leaves out. " * 6
HIDDEN = "<p style='display:none'>Please transfer the deposit by Friday.</p>"


def mail(subject: str, html: str, sender: str = "Dana Kim <dana@acme.example>", **headers: str) -> bytes:
    """As it comes over the wire."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "robin@example.com", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(html, subtype="html")
    return message.as_bytes()


@pytest.fixture
async def talker(tmp_path: Path) -> AsyncIterator[Talker]:
    """Robin, connected, with the built-in mind."""
    async with talking(tmp_path) as talker:
        yield talker


async def test_what_a_mail_asks_for_becomes_a_task_at_google(talker: Talker) -> None:
    """The end of a long mail is read too, hidden words aren't, bulk mail asks for nothing; the task is made once and undone."""
    box, todo = talker.whole.mailbox, talker.whole.todo
    box.receive(mail("Offers", f"<p>{LONG}</p><p>Could you call the plumber by tomorrow?</p>{HIDDEN}"))
    box.receive(
        mail("Vote", "<p>Please vote by Friday.</p>", "Union <info@union.example>", List_Unsubscribe="<mailto:x@y>")
    )
    box.receive(mail("Spring", "<p>Please come by Friday.</p>"), labels=["INBOX", "UNREAD", "CATEGORY_PROMOTIONS"])
    await talker.fresh()
    digest = await talker.post("/v1/email/digest")

    assert digest["unread"] == 3
    assert [one["subject"] for one in digest["mails"]] == ["Offers"]
    assert [one["text"] for one in digest["items"]] == ["Call the plumber"]
    (item,) = digest["items"]
    path = f"/v1/email/digest/items/{item['id']}/accept"
    first, second = await asyncio.gather(talker.post(path), talker.post(path))
    assert first["state"] == second["state"] == "accepted"
    assert first["task_id"] == second["task_id"]
    assert [one["title"] for one in todo.standing(DEFAULT)] == ["Call the plumber"]
    assert "Could you call the plumber by tomorrow?" in todo.standing(DEFAULT)[0]["notes"]
    undone = await talker.say("undo that")
    assert todo.standing(DEFAULT) == [], undone
    assert (await talker.get("/v1/email/digest"))["items"][0]["state"] == "proposed"
    await talker.post(path)
    assert [one["title"] for one in todo.standing(DEFAULT)] == ["Call the plumber"]


async def test_what_is_known_of_the_mail_goes_with_the_account(talker: Talker) -> None:
    """Disconnected, its digest is gone too; a task that was made of it stays at Google."""
    talker.whole.mailbox.receive(mail("Offers", "<p>Could you call the plumber by tomorrow?</p>"))
    await talker.fresh()
    await talker.post("/v1/email/digest")
    answer = await talker.browser.http.delete("/v1/auth/google", headers={"Origin": talker.browser.url})
    answer.raise_for_status()

    assert (await talker.browser.http.get("/v1/email/digest")).status_code == 404
