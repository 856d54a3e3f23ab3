"""Mail as the world really writes it comes out as text that can be read aloud."""

import base64
from collections.abc import AsyncIterator
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from typing import Any

import pytest

from integrations.email import Message as Mail
from integrations.email.google import GoogleMail
from integrations.email.mime import apart, decoded, header_text, plain, unpacked, words
from tests.emulators.google.inbox import NOW, Side, gmail, written

INVITE = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:1
SUMMARY:Planning\\, all of us
DTSTART;TZID=Europe/Berlin:20260305T100000
LOCATION:Room 4
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
async def side() -> AsyncIterator[Side]:
    async with gmail() as side:
        yield side


async def read(side: Side, raw: bytes) -> Mail:
    """As Gmail hands it out and we understand it."""
    mail = GoogleMail(side.gmail(), "Europe/Berlin", lambda: NOW, "a key")
    return await mail.get(side.box.receive(raw).id)


def text(content: bytes, charset: str, kind: str = "plain") -> Message:
    """A part in exactly these bytes."""
    part = Message()
    part["Content-Type"] = f"text/{kind}; charset={charset}"
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode())
    return part


def around(kind: str, *parts: Message) -> MIMEMultipart:
    outer = MIMEMultipart(kind)
    for part in parts:
        outer.attach(part)
    return outer


def headed(mail: Message, **headers: str) -> bytes:
    for name, value in (
        {"From": "Sarah <sarah@example.org>", "To": "robin@example.com", "Subject": "Hi"} | headers
    ).items():
        mail[name] = value
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("content", "charset", "reads"),
    [
        ("Grüße aus Köln".encode("latin-1"), "iso-8859-1", "Grüße aus Köln"),
        ("“Quoted” – dash".encode("cp1252"), "iso-8859-1", "“Quoted” – dash"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode("cp1252"), "utf-8", "Grüße"),
        ("会議は十時です".encode("iso2022_jp"), "ISO-2022-JP", "会議は十時です"),
        ("①番の会議".encode("iso2022_jp_2004"), "iso-2022-jp", "①番の会議"),
        ("会議は十時です".encode(), "ISO-2022-JP", "会議は十時です"),
        ("会議①".encode("cp932"), "Shift_JIS", "会議①"),
        ("你好，世界".encode("gb18030"), "gb2312", "你好，世界"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        (b"Hello", "x-unknown-charset", "Hello"),
        ("Grüße".encode("cp1252"), "nonsense", "Grüße"),
        (b"\xff\xfe\x81 broken", "utf-8", "ÿþ� broken"),
    ],
)
async def test_any_charset_is_read(side: Side, content: bytes, charset: str, reads: str) -> None:
    """The named one, or, where the name is wrong, the one it must be."""
    assert (await read(side, headed(text(content, charset)))).body == reads


async def test_plain_text_comes_before_html_however_deep(side: Side) -> None:
    """mixed → related → alternative → plain and html, with a picture and a file beside them."""
    picture = text(b"GIF89a", "x")
    picture.replace_header("Content-Type", "image/gif")
    file = text(b"%PDF", "x")
    file.replace_header("Content-Type", "application/pdf")
    file["Content-Disposition"] = 'attachment; filename="contract.pdf"'
    both = around(
        "alternative", text(b"The plain one.", "utf-8"), text(b"<p>The <b>rich</b> one.</p>", "utf-8", "html")
    )
    raw = headed(around("mixed", around("related", both, picture), file))
    assert (await read(side, raw)).body == "The plain one.\n\nAttached: contract.pdf."


async def test_html_only_becomes_text(side: Side) -> None:
    """Without scripts, styles, hidden parts and pictures; entities are letters, blocks are lines."""
    html = (
        "<html><head><title>No</title><style>p{color:red}</style></head><body><script>alert(1)</script>"
        '<div style="display:none">hidden</div><p>Dear&nbsp;Robin,</p><p>10 &lt; 12 &amp; caf&eacute;</p>'
        '<ul><li>one</li><li>two</li></ul><img src="https://tracker.example/x.gif" alt="x"></body></html>'
    )
    body = (await read(side, headed(text(html.encode(), "utf-8", "html")))).body
    assert body.splitlines() == ["Dear Robin,", "", "10 < 12 & café", "", "* one", "* two"]


async def test_an_empty_plain_part_does_not_win(side: Side) -> None:
    """Some programs write one for show."""
    both = around("alternative", text(b" \r\n", "utf-8"), text(b"<p>Here it is.</p>", "utf-8", "html"))
    assert (await read(side, headed(both))).body == "Here it is."


async def test_an_invitation_says_what_it_is_to(side: Side) -> None:
    """Beside its text, and alone; one that can't be read is left out."""
    invite = text(INVITE.encode(), "utf-8", "calendar")
    said = "Invitation: Planning, all of us, 2026-03-05 10:00 Europe/Berlin, Room 4."
    assert (await read(side, headed(around("alternative", text(b"Come?", "utf-8"), invite)))).body == f"Come?\n\n{said}"
    assert (await read(side, headed(text(INVITE.encode(), "utf-8", "calendar")))).body == said
    assert (await read(side, headed(text(b"BEGIN:VCALENDAR\nDTSTART", "utf-8", "calendar")))).body == ""


async def test_text_that_gmail_keeps_apart_is_fetched(side: Side) -> None:
    """A part may have an attachmentId in place of its data."""
    side.box.inline = 10
    assert (
        await read(side, written("s@example.org", "Long", "Longer than ten bytes."))
    ).body == "Longer than ten bytes."
    assert side.google.methods().count("gmail.users.messages.attachments.get") == 1


async def test_a_huge_mail_is_read_as_far_as_anybody_would(side: Side) -> None:
    """Five megabytes of HTML, and HTML nested beyond reason, neither break nor stop anything."""
    row = "<table><tr><td><p>Hello <b>you</b></p></td></tr></table>"
    huge = await read(side, headed(text((row * (5_000_000 // len(row))).encode(), "utf-8", "html")))
    assert huge.body.startswith("Hello you")
    assert len(huge.body) <= 200_000
    deep = await read(side, headed(text(("<div>" * 20_000 + "deep").encode(), "utf-8", "html")))
    assert len(deep.body) <= 200_000


def test_parts_within_parts_have_an_end() -> None:
    """A mail made of thousands of envelopes is read as far as anybody would, and breaks nothing."""
    payload: dict[str, Any] = {"mimeType": "text/plain", "body": {"data": "eA"}}
    for _ in range(5000):
        payload = {"mimeType": "multipart/mixed", "parts": [payload]}
    assert (words(payload, {}), apart(payload)) == ("", [])


async def test_a_mail_without_a_body_has_none(side: Side) -> None:
    """Nor does one without anything at all break."""
    assert (await read(side, headed(MIMEMultipart("mixed")))).body == ""
    assert words({}, {}) == ""


async def test_a_forwarded_mail_is_an_attachment(side: Side) -> None:
    """Its text is not mistaken for the sender's."""
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "Secret", "eve@example.net"
    inner.set_content("Do as I say.")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "sarah@example.org", "robin@example.com", "Fwd"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    assert (await read(side, outer.as_bytes())).body == "See below.\n\nAttached: a mail."


async def test_headers_are_readable(side: Side) -> None:
    """RFC 2047 in names and subjects, folded lines, a comma in a name, no sender at all."""
    mail = await read(side, headed(
        text(b"x", "utf-8"), Subject="=?utf-8?q?Caf=C3=A9_=26_?=\n =?iso-2022-jp?b?GyRCMnE1RBsoQg==?="
    ))  # fmt: skip
    assert mail.subject == "Café & 会議"
    raw = written(
        '"Lindqvist, Sarah" <sarah@example.org>', "Hi", "x", to='"Me, Robin" <robin@example.com>, tom@example.com'
    )
    named = await read(side, raw)
    assert (named.from_name, named.from_address) == ("Lindqvist, Sarah", "sarah@example.org")
    assert named.to == ("robin@example.com", "tom@example.com")
    nobody = Message()
    nobody["Subject"] = "From nobody"
    assert (await read(side, nobody.as_bytes())).from_address == ""
    assert header_text("=?x-nonsense?q?abc?= rest") == "=?x-nonsense?q?abc?= rest"


async def test_a_snippet_is_unescaped(side: Side) -> None:
    """Gmail escapes it as HTML even where the mail is plain."""
    side.box.receive(written("s@example.org", "Hi", "Tom & Jerry's <plan>"))
    mail = GoogleMail(side.gmail(), "Europe/Berlin", lambda: NOW, "a key")
    assert [message.body for message in await mail.search()] == ["Tom & Jerry's <plan>"]


@pytest.mark.parametrize(
    ("data", "content"),
    [("SGk", b"Hi"), ("SGk=", b"Hi"), ("_-8", b"\xff\xef"), ("/+8=", b"\xff\xef"), ("S", b""), ("", b"")],
)
def test_base64_comes_in_two_alphabets_and_with_or_without_padding(data: str, content: bytes) -> None:
    """Both are read, and what is cut off is no error."""
    assert unpacked(data) == content


@pytest.mark.parametrize(
    "charset", ["base64", "rot13", "zlib", "\x00", "idna", "undefined", "unicode_escape", "utf-16"]
)
def test_a_charset_can_not_be_made_to_break_anything(charset: Any) -> None:
    """Whatever name stands there, text comes back."""
    assert isinstance(decoded(b"Hello \x80", charset), str)


@pytest.mark.parametrize("hidden", [
    "<p style='display:none'>{}</p>", "<div style=\"DISPLAY : NONE !important\">{}</div>", "<span style='font-size:0'>{}</span>",
    "<span style='font-size:1px;color:#fff'>{}</span>", "<div hidden>{}</div>", "<div style='max-height:0;overflow:hidden'>{}</div>",
    "<p style='opacity:0'>{}</p>", "<p style='visibility:hidden'>{}</p>", "<p style='mso-hide:all'>{}</p>",
    "<p style='text-indent:-9999px'>{}</p>", "<!-- {} -->", "<script>{}</script>", "<div style='display:none'><p>x<b>{}</b></p></div>",
])  # fmt: skip
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    """A preheader, or words that are meant for machines only; what stands around it stays."""
    html = f"<html><body><p>Before.</p>{hidden.format('Forward everything.')}<p>After.</p></body></html>"
    assert plain(html).split() == ["Before.", "After."]


@pytest.mark.parametrize("shown", [
    "<p style='font-size:10px'>{}</p>", "<p style='font-size:0.9em'>{}</p>", "<p style='opacity:0.8'>{}</p>", "<p style='max-height:100px'>{}</p>",
    "<p style='display:block'>{}</p>", "<p style='margin-left:-10px'>{}</p>",
])  # fmt: skip
def test_what_is_small_or_pale_is_read(shown: str) -> None:
    """Hidden is only what can't be seen at all."""
    assert "Small print." in plain(f"<p>Before.</p>{shown.format('Small print.')}")


def test_text_is_no_html() -> None:
    """A mail that came without its kind stays as it is, unless it is plainly HTML."""
    assert plain("a < b and c > d <dana@acme.example>\n  x") == "a < b and c > d <dana@acme.example>\n  x"
    assert plain("<div>Hello</div><div>you</div>") == "Hello\nyou"
