"""Writing mail: drafts, replies, sending. Nothing goes out without a yes; that is the tool's part."""

import re
from typing import Any

from agent.commands.intention import Finish, Intention, Kind, Search, ask, call, words
from agent.commands.naming import name_of, quoted
from agent.commands.patterns import Found
from agent.commands.references import Thing
from agent.commands.rules import Bag, Make, Rule, Turn, rule
from agent.commands.slots import BEGINS, people, refers
from agent.commands.words import plains

_NOBODY = frozenset("her him them it that this me us".split())


_NOT_YET = re.compile(r"[,.;]? *(?:(?:and|but|only|just) )*(?:please )?(?:(?:do not|don't|dont) (?:send|mail) (?:it|that|this|anything)\b.*|(?:leave|keep|save|put) it (?:as a draft|in (?:my |the )?drafts)\b.*|as a draft(?: only| for now)?)$", re.IGNORECASE)  # fmt: skip
"""What is said of the mail behind its words: "…, but don't send it yet"."""


def _body(found: Found) -> str | None:
    text = _NOT_YET.sub("", found.text("body"))
    return (text[:1].upper() + text[1:]) if text else None


def _to(found: Found) -> list[str]:
    if not found.has("people"):
        return []
    return [name_of(one) for one in people(found.words("people"))]


def _write(tool: str) -> Make:
    def make(found: Found, turn: Turn) -> Intention | None:
        to, body = _to(found), _body(found)
        if turn.question and not to:
            return None  # "new mail?"
        if plains(found.words("body"))[:1] == ("subject",):
            return None  # its subject was told in other words than are known
        if {name.lower() for name in to} & {
            "it",
            "that",
            "this",
            "everyone",
            "everybody",
            "someone",
            "somebody",
            "anyone",
        }:
            return None
        if {name.lower() for name in to} <= {"her", "him", "them"} and to:
            return _answer(found, turn, tool)
        subject = found.text("subject")
        held = tool == "send_email" and bool(_NOT_YET.search(found.text("body")))
        if held:
            return _write("draft_email")(found, turn)
        filled: dict[str, Any] = {"to": to, "subject": subject[:1].upper() + subject[1:], "body": body}
        if not to:
            return ask(tool, "to", "Who should it go to?", **filled)
        if not body:
            return ask(tool, "body", f"What should I write to {' and '.join(to)}?", **filled)
        return call(tool, **filled)

    return make


def _answer(found: Found, turn: Turn, tool: str = "draft_email") -> Intention | None:
    """A reply: to the mail in focus, or to the newest from someone."""
    body = _body(found)
    to = [name for name in _to(found) if name.lower() not in _NOBODY]
    if to:
        about = f" {name_of(found.words('topic'))}" if found.has("topic") else ""
        options: dict[Kind, Finish] = {"message": lambda item: _reply(tool, str(item["id"]), body)}
        direct = call(tool, to=to, body=body) if body else ask(tool, "body", "What should I write?", to=to)
        return Intention(
            tool=tool,
            search=Search(called=f"from:{quoted(to[0])}{about}", options=options, otherwise=direct),
            say="Reply to which mail?",
        )
    mail = _in_focus(turn)
    if mail is None:
        return ask(tool, "reply_to", "Which mail should I answer?", body=body)
    return _reply(tool, mail.id, body)


def _reply(tool: str, message: str, body: str | None) -> Intention:
    if not body:
        return ask(tool, "body", "What should I answer?", reply_to=message)
    return call(tool, reply_to=message, body=body)


def _in_focus(turn: Turn) -> Thing | None:
    """The mail that was read or told last, when it is one."""
    thing = turn.focus.only
    return thing if thing and thing.kind == "message" and thing.item.get("box", "inbox") != "drafts" else None


def _send(found: Found, turn: Turn) -> Intention | None:
    """ "send it": the draft that was just written."""
    thing = turn.focus.only
    if found.has("people"):
        to = _to(found)
        options: dict[Kind, Finish] = {"message": lambda item: call("send_email", draft=item["id"])}
        return Intention(
            tool="send_email",
            search=Search(called=f"in:drafts to:{quoted(to[0])}", options=options),
            say="Which draft?",
        )
    if thing and thing.kind == "message" and thing.item.get("box") == "drafts":
        return call("send_email", draft=thing.id)
    if "draft" in found.sentence.plain:
        return call("send_email", draft="the draft")
    return ask("send_email", "draft", "What should I send, and to whom?")


def _amend(found: Found, turn: Turn) -> Intention | None:
    return words("I can't do that with mail yet. I can read, summarize, draft and send.")


_MAIL = "[quick|short|brief|new|little] (email|mail|message|note|letter|line|e-mail|few lines|something)"


_DRAFT = "(draft|new|write|compose|prepare|start|create|make|begin|draw up|type|type up|write up|put together|set up|formulate)"


_SEND = "(send|shoot|drop|fire off|fire|write|send off|send out|dash off|ping|get|forward)"


_REPLY = "(reply|answer|response|respond)"


_REF = "[to] [(her|him|them|it|that|this|that email|the email|that mail|the mail|this mail|this email|the message|that message|his email|her email|their email|his mail|her mail|the sender|this one|that one)]"


def _spoken(found: Found) -> bool:
    """ "email Anna I'll be late": without "saying" the letter has to begin like one."""
    start = next(start for name, start, _ in found.slots if name == "body")
    before = found.sentence.words[start - 1]
    named = next(end for name, _, end in found.slots if name == "people")
    return named < start or bool(before.stop) or (found.sentence.plain[start] in BEGINS and len(found.words("people")) == 1 and len(found.words("body")) > 2)  # fmt: skip


def _sending(found: Found, turn: Turn) -> Intention | None:
    first = found.sentence.plain[0]
    low = set(plains(found.words("people")))
    if low & _NOBODY and not found.has("body"):
        return None
    if first in ("email", "mail", "message") and found.has("body") and not _spoken(found):
        return None
    if first in ("tell", "let") and low & {"me", "us", "myself"}:
        return None
    if first in ("ping", "get", "forward", "drop") and not found.has("body"):
        return None
    if refers(found.words("people")) and not low <= {"her", "him", "them"}:
        return None
    return _write("draft_email" if first == "write" else "send_email")(found, turn)


RULES: list[Rule | Bag] = [
    rule(
        "draft a mail",
        f"""
        {_DRAFT} [me|up] [an|a|the|another] {_MAIL} (to|for) <people:people> [and] {{saying}} <body>
        {_DRAFT} [me|up] [an|a|the] {_MAIL} (to|for) <people:people> (about|regarding|with the subject|subject|on|concerning|titled|called|with subject|with the title|under the subject) <subject:new> [and] {{saying}} <body>
        {_DRAFT} [me|up] [an|a|the] {_MAIL} {{saying}} <body> (to|for) <people:people>
        {_DRAFT} [me|up] [an|a|the] {_MAIL} (to|for) <people:people> : <body>
        {_DRAFT} [me|up] [an|a|the] {_MAIL} (to|for) <people:people> [about <subject:new>]
        {_DRAFT} [me|up] [an|a] {_MAIL}
        {_DRAFT} [me|up] [an|a|the|another|new] [new] {_MAIL} (to|for) <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and|with|with the|and the|then] [the] (body|text|message|content|words|contents) [of|:|is|being|saying|that says|should be] <body>
        {_DRAFT} [me|up] [an|a|the|another|new] [new] {_MAIL} (to|for) <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and] {{saying}} <body>
        {_DRAFT} [me|up] [an|a|the|another|new] [new] (draft|{_MAIL}) (to|for) <people:people> with [the|this] (text|words|body|message|content) [:] <body>
        {_DRAFT} [me|up] [an|a|the|another|new] [new] draft [email|mail|message] (to|for) <people:people> : <body>
        {_DRAFT} [me|up] [an|a|the|another|new] [new] draft [email|mail|message] (to|for) <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and|with|with the|and the|then] [the] (body|text|message|content|words|contents) [of|:|is|being|saying|that says|should be] <body>
        {_DRAFT} [me|up] [an|a|the|another|new] [new] draft [email|mail|message] (to|for) <people:people> [about <subject:new>]
        [a|new] draft [email|mail|message] (to|for) <people:people> : <body>
        {_DRAFT} [a|the] draft (to|for) <people:people> [and] {{saying}} <body>
        {_DRAFT} [a|the] draft (to|for) <people:people> about <subject:new> [and] {{saying}} <body>
        {_DRAFT} (to) <people:people> [and] {{saying}} <body>
        [a|new] draft [email|mail|message] (to|for) <people:people> {{saying}} <body>
        draft [to] <people:people> [and] {{saying}} <body>
        (draft|compose|prepare) <people:people> [an|a] {_MAIL} {{saying}} <body>
        (draft|compose|prepare) <people:people> [an|a] {_MAIL} about <subject:new> {{saying}} <body>
    """,
        _write("draft_email"),
    ),
    rule(
        "draft a reply",
        f"""
        [{_DRAFT}] [me|up] [a|an|the|my] [quick|short|brief] (reply|answer|response) [to] <people:people> [and] {{saying}} <body>
        [{_DRAFT}] [me|up] [a|an|the|my] [quick|short|brief] (reply|answer|response) {_REF} [and] {{saying}} <body>
        [{_DRAFT}] [me|up] [a|an|the] (reply|answer|response) (to|for) [the|that] (email|mail|message|one) (from|of|by) <people:people> [and] {{saying}} <body>
        {_REPLY} (to) [the|that] (email|mail|message|one) (from|of|by) <people:people> [and] {{saying}} <body>
        {_REPLY} (to) [the|that] (email|mail|message|one) (from|of|by) <people:people> (with|:) <body>
        {_REPLY} (to) [the|that] (email|mail|message|one) (from|of|by) <people:people> (about|on|regarding) <topic:topic> [and] (with|:|{{saying}}) <body>
        {_REPLY} [to] <people:people> [last|latest] (mail|email|message|letter|note) (about|on|regarding) <topic:topic> [and|back] (with|:|{{saying}}) <body>
        [{_DRAFT}] [me|up] [a|an|the|my] [quick|short|brief] (reply|answer|response) to <people:people> <topic:topic> (mail|email|message|letter|note) [and] (with|:|{{saying}}) <body>
        [{_DRAFT}] [me|up] [a|an|the|my] [quick|short|brief] (reply|answer|response) to <people:people> (mail|email|message|letter|note) [about <topic:topic>] [and] (with|:|{{saying}}) <body>
        {_REPLY} to <people:people> <body:plainly>
        {_REPLY} (to) <people:people> [and|back] {{saying}} <body>
        {_REPLY} (to) <people:people> : <body>
        (answer|reply) <people:people> : <body>
        {_REPLY} (to) <people:people> with <body>
        {_REPLY} [to] <people:people> (mail|email|message|letter|note) [back] (with|like|:|{{saying}}) <body>
        {_REPLY} [to] <people:people> (like|with|with a|and be like) <body>
        [{_DRAFT}] [me|up] [a|an|the|my] [quick|short|brief] (reply|answer|response) to <people:people> : <body>
        (answer) <people:people> [and|back] {{saying}} <body>
        {_REPLY} {_REF} [back] [and] {{saying}} <body>
        {_REPLY} {_REF} [with] : <body>
        {_REPLY} {_REF} with <body>
        (write|email|mail|message) (back|him back|her back|them back|back to her|back to him|back to them) [and] {{saying}} <body>
        write back to <people:people> [and] {{saying}} <body>
        (get|go) back to <people:people> [and] {{saying}} <body>
        (tell|let|inform) (her|him|them) [know] [by email|by mail|back|in reply|in a reply] [that] <body>
        (write|email|mail) (her|him|them) [back] [and] {{saying}} <body>
        {_REPLY} {_REF}
        [{_DRAFT}] [a|an|the] (reply|answer|response) {_REF}
        [{_DRAFT}] [a|an|the] (reply|answer|response) [to] [the email from|the mail from|the message from] <people:people>
        {_REPLY} to [the email from|the mail from|the message from] <people:people>
        answer [the email from|the mail from|the message from] <people:people>
        write back [to <people:people>]
    """,
        _answer,
    ),
    rule(
        "send a mail",
        f"""
        {_SEND} <people:people> [an|a|the] {_MAIL} [over] [and] {{saying}} <body>
        {_SEND} [an|a|out] {_MAIL} [out|off|over] to <people:people> [and] {{saying}} <body>
        {_SEND} <people:people> [an|a] {_MAIL} (about|regarding|with the subject|on|concerning) <subject:new> [and] {{saying}} <body>
        {_SEND} [an|a] {_MAIL} to <people:people> (about|regarding|with the subject|on|concerning|subject) <subject:new> [and] {{saying}} <body>
        {_SEND} [an|a|the|out an|a new] {_MAIL} to <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and|with|with the|and the|then] [the] (body|text|message|content|words|contents) [of|:|is|being|saying|that says|should be] <body>
        {_SEND} [an|a|the|out an|a new] {_MAIL} to <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and] {{saying}} <body>
        {_SEND} <people:people> [an|a|the] {_MAIL} [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and|with|with the|and the|then] [the] (body|text|message|content|words|contents) [of|:|is|being|saying|that says|should be] <body>
        (email|mail|message|write|write to) <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and|with|with the|and the|then] [the] (body|text|message|content|words|contents) [of|:|is|being|saying|that says|should be] <body>
        {_SEND} <people:people> [an|a|the] {_MAIL} [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and] {{saying}} <body>
        (email|mail|message|write|write to) <people:people> [with the|with|under the|and the|and] (subject|subject line|title|heading) [of|:|being|is] <subject:new> [and] {{saying}} <body>
        (send|shoot|drop|write) [an|a] {_MAIL} to <people:people> that <body>
        {_SEND} [an|a] {_MAIL} to <people:people> with [the|this] (text|words|body|message|content) [:] <body>
        {_SEND} <people:people> [an|a] {_MAIL} : <body>
        {_SEND} [an|a] {_MAIL} {{saying}} <body> to <people:people>
        {_SEND} [an|a] {_MAIL} to <people:people> : <body>
        (email|mail|message|write|write to) <people:people> : <body>
        (send|email|mail|message|write|write to|mail to|email to|notify) <people:people> [and] {{saying}} <body>
        (send|write) <people:people> {{saying}} <body>
        (email|mail|message) [to] <people:people> about <subject:new> [and] {{saying}} <body>
        (email|mail|message) <people:people> <body:text>
        (let) <people:people> know [by email|by mail|in an email|per mail|via email] [that] <body>
        (tell|inform|notify) <people:people> (by email|by mail|in an email|in a mail|per mail|via email) [that] <body>
        (tell|inform) <people:people> that <body>
        {_SEND} <people:people> [an|a] {_MAIL} [about <subject:new>]
        {_SEND} [an|a] {_MAIL} [to <people:people>] [about <subject:new>]
        {_SEND} [an|a] {_MAIL}
        (email|mail|write to|message) <people:people> [about <subject:new>]
    """,
        _sending,
    ),
    rule(
        "send the draft",
        """
        send (it|that|this|the draft|that draft|my draft|this draft|the email|that email|the mail|that mail|the message|the reply|my reply|that one|this one|the latest draft|the last draft) [off|out|away|over]
        (that is fine|that is good|looks good|looks fine|perfect|great|sounds good|good|fine|all good|it is fine|that works|ok|okay) [so|and] [you|now you] [can|may|could] [now] send (it|that|this|the draft|the mail|the email) [off|now|out|then|away]
        [you|now] (can|may|could) [now] send (it|that|this|the draft) [off|now|out|then|away]
        send off (it|that|the draft|that draft|the email|the mail)
        (off with it|let it go|get it out|fire it off|ship it|send away|send off|send)
        send [the|my|that] (draft|email|mail|message|reply|one) (to|for) <people:people> [off]
    """,
        _send,
    ),
    rule(
        "other things with mail",
        """
        (delete|archive|forward|move|mark|star|label|flag|snooze|trash|block|print|unsubscribe from|report|remove) <what:thing> (email|emails|mail|mails|message|messages|newsletter)
        (delete|archive|forward|star|label|flag|snooze|trash|print|remove) [the|that|this|my|all] [unread|new|old] (email|emails|mail|mails|message|messages|newsletter|inbox) [from <people:people>] [to <to:people>] [about <subject:thing>]
        (mark|set) <what:thing> as (read|unread|spam|junk|important)
        forward <what:thing> to <people:people>
        (unsubscribe|unsubscribe me) [from <what:thing>]
        empty [my|the] (inbox|trash|bin|spam|mailbox)
    """,
        _amend,
    ),
]
