"""Looking for mail, and the inbox in short."""

from agent.commands.intention import Intention, call
from agent.commands.naming import name_of, quoted
from agent.commands.patterns import Found
from agent.commands.reading import reading
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import refers

_MAIL = "email emails mail mails message messages letter letters inbox mailbox post correspondence"


_GLUE = """
what which is are was were will be do does did do have has had i we you me us my our the a an any anything something some there got get in
at for of to and up show tell give read list check see let know about out over through everything else more many much left that this am say
view pull open come came arrived received getting waiting like how has look looking today's want find if whether on into unanswered who
wrote written sent writes write contacted reached yet already since far hear recently lately just ones one been
"""


_SEARCH_NEEDS, _SEARCH_ALLOWS = bag([_MAIL], f"{_GLUE} new unread important urgent recent latest last newest recently fresh unopened todays vital priority critical matter matters sent from drafts draft outbox not opened seen knew still")  # fmt: skip


_SUMMARY_NEEDS, _SUMMARY_ALLOWS = bag(
    [
        "summarize summary gist catch rundown overview digest roundup round-up recap update sum highlights brief short summaries catch-up"
    ],
    f"{_GLUE} {_MAIL} new unread important quick short brief quickly main points point latest inbox's stuff things run down sum bring speed fill quick today",
)


def _search(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    if len(said - {"my", "the"}) == 1 and not said & {"inbox", "emails", "mails", "email", "mail"} and not found.when:
        return None
    if (said & {"write", "send"} and not said & {"who", "did", "anyone"}) or (
        said & {"letter"} and not said & {"new", "any"}
    ):
        return None
    if said & {"sent"} and not said & {"who", "was", "me"}:
        return call("search_email", query="in:sent")
    if said & {"drafts", "draft"}:
        return call("search_email", query="in:drafts")
    if "outbox" in said:
        return call("search_email", query="in:outbox")
    parts = []
    if "not" in said and not _unopened(said):
        return None
    if said & {"new", "unread", "unopened", "fresh", "waiting", "unanswered"} or _unopened(said):
        parts.append("is:unread")
    if said & {"important", "urgent", "vital", "priority", "critical", "matter", "matters"}:
        parts.append("is:important")
    if not parts and said & {"latest", "last", "newest"}:
        return (
            reading("in:inbox")
            if said & {"read", "show", "open", "what", "tell"}
            else call("search_email", query="in:inbox")
        )
    angle = "count" if "many" in said else "who" if "who" in said else ""
    return call("search_email", angle, query=" ".join(["in:inbox", *parts]))


def _unopened(said: set[str]) -> bool:
    """ "that I haven't read yet"."""
    return "not" in said and bool(said & {"read", "opened", "open", "seen", "looked"})


def _from(found: Found, turn: Turn) -> Intention | None:
    if refers(found.words("person")):
        return None
    parts = [f"from:{quoted(name_of(found.words('person')))}"]
    said = set(found.sentence.plain)
    if said & {"unread", "new"} or _unopened(said):
        parts.append("is:unread")
    if said & {"important", "urgent"}:
        parts.append("is:important")
    if found.has("subject"):
        parts.append(name_of(found.words("subject")))
    return call("search_email", query=" ".join(parts))


def _about(found: Found, turn: Turn) -> Intention | None:
    about = name_of(found.words("subject"))
    if not about or refers(found.words("subject")):
        return None
    query = f"from:{quoted(name_of(found.words('person')))} {about}" if found.has("person") else about
    return call("search_email", query=query)


_ANY = "(any|are there any|is there any|is there an|is there a|is there the|has there been any|has there been an|do i have any|do i have an|do i have a|have i got any|have i got an|have i any|got any|did i get any|did i get an|did i get a|have i received any|show me|show me the|show me all|show|find|find me|find the|find all|find any|look for|look for the|search for|list|list the|list all|check for|what|which|give me|give me the|were there any|was there any|was there an|did i receive any|get me the|get|see if there is|see if there are any|look up|look up the|where is the|where are the|where is that|where is|the|an|i am looking for the|i am looking for an|i am looking for|i need the|has any|have any|all|all the|all my|pull up|pull up the|the last|search)"  # fmt: skip


_KIND = "[new|unread|important|recent|latest|last|urgent|old] (email|emails|mail|mails|message|messages|letter|letters)"


_ABOUT = "(about|regarding|concerning|on|with|mentioning|that mention|that mentions|called|titled|containing|with the subject|re|for|related to|to do with|that say|where it says|with the word)"  # fmt: skip


def _flags(found: Found) -> str:
    said = set(found.sentence.plain)
    parts = ["in:inbox"]
    if said & {"new", "unread"}:
        parts.append("is:unread")
    if said & {"important", "urgent"}:
        parts.append("is:important")
    return " ".join(parts)


SEARCH: list[Rule | Bag] = [
    rule(
        "from someone",
        f"""
        {_ANY} {_KIND} [come in|come|arrived|in|sent|received] (from|by|of) <person:person>
        {_ANY} {_KIND} (from|by) <person:person> {_ABOUT} <subject:new>
        [is there|have i got|do i have|do we have|have we got|did i get|did we get|got|has there been|have i heard|have we heard|did i hear] (anything|something|any word|any news|news|a word|back|any reply|a reply|an answer|any answer|any response|a response) [new|yet|back|in] from <person:person> [yet|today|lately]
        have (i|we) heard [back] from <person:person> [yet|lately|recently]
        (did|has|does|have) <person:person> [already|yet|ever] (write|written|email|emailed|mail|mailed|reply|replied|answer|answered|respond|responded|send|sent|get back|got back|gotten back|message|messaged|contact|contacted|write back|written back|been in touch) [anything|something] [to me|me|us|back|back to me|to us|me back|me anything|me something|me a mail|me an email|me a message|an email|a mail|a message] [yet|already|today|lately|again]
        (check|see|look|find out|tell me|let me know|know) (if|whether) <person:person> (has|have|did) [already] (written|emailed|mailed|replied|answered|responded|sent|write|email|reply|answer|respond|send|got back|gotten back|get back|messaged|contacted|been in touch) [anything|something] [to me|me|us|back|back to me|me back|me anything|an email|a mail|a message] [yet|already]
        (check|search|look in|look through|go through) [my|the] {{mail}} (for|for anything|for something|for mail|for emails) from <person:person>
        (did|has) <person:person> (send|sent) [me|us] (a|an|the|my|any) <what:thing> [yet]
        have i had [anything|something|any word|any news|any mail|a mail|an email] from <person:person> [yet|today|lately]
        what (did i|have i|did we|have we) (get|got|receive|received|had) from <person:person> [yet|lately|recently]
        what is the (latest|newest|news|latest news) from <person:person>
        (any|is there any|have i any) (post|news|word) (from|by) <person:person> [yet|today]
        what (has|did|have) <person:person> (sent|send|written|emailed) [to me|me] [lately|recently|today|yet]
        (show|show me|list|find) (everything|all|mail|emails|messages) from <person:person>
        (look up|look for|find|find me|search for|dig out|dig up|show me|pull up|get me|fetch|bring up|where is|i need|check) [the|that|my] <subject:thing> (from|by|sent by) <person:person>
        (what|anything|is there anything|something) new from <person:person>
        <person:person> (emails|mails|messages)
        (emails|mail|mails|messages) (from|by) <person:person>
        [the|all|my|all the|all my|some] (new|unread|important|recent|latest|last|urgent|old) [new|unread|important|recent|urgent] (email|emails|mail|mails|message|messages|letter|letters) (from|by|of) <person:person>
        (what|which|show me what|show me which|any|are there|what are the|show me the) [new|unread|important|urgent|recent] (email|emails|mail|mails|message|messages) [of|from] <person:person> (have i|i have|did i) not (read|opened|seen|looked at) [yet]
        (anything|something) [new|unread|important|urgent] (from|by) <person:person>
        (did|has) (anything|something|any mail|any email|a mail|an email) (come|arrive|arrived) [in] from <person:person>
        is there [a|an|any] {_KIND} from <person:person>
        (when|what time) did <person:person> [last] (write|email|mail|message|reply|answer) [to me|me|back|to us|us]
    """,
        _from,
        "apart",
    ),
    rule(
        "about something",
        f"""
        {_ANY} {_KIND} {_ABOUT} <subject:new>
        {_ANY} {_KIND} (from|by) <person:person> {_ABOUT} <subject:new>
        (search|check|look in|look through|go through|search in|look at) [my|the|all my] {{mail}} (for|about) [anything about|something about|the word] <subject:new>
        (search|look|find) (in|through) [my|the] {{mail}} (for|about) <subject:new>
        (search|look|find) (for) <subject:new> in [my|the] {{mail}}
        find <subject:new> in [my|the] {{mail}}
        (did|have|has) (anyone|anybody|someone|somebody|any one) (write|written|email|emailed|mail|mailed|say|said) [to me|me|anything|something] about <subject:new>
        (emails|mails|messages|mail) about <subject:new>
        (find|find me|show me|search for|look for|look up|where is) [the|that|my] <subject:thing> (email|mail|message|letter)
        (did|has) <person:person> (write|written|email|emailed|send|sent|say|said) [me|to me] [anything|something] about <subject:new>
        (did i get|have i got|have i received|have i gotten|did we get|has) [the|a|an] <subject:new> (by|in|per|via) (mail|email|my inbox|the mail)
        did i (get|receive) (an|any|a) (email|mail|message) (about|regarding|concerning) <subject:new>
        has (my|the|our|a|an|any) <subject:thing> (come|arrived|come in|come through) [yet] from <person:person>
        is there (anything|something) about <subject:new> in [my|the] {{mail}}
        (have i|did i|have we|did we) (received|receive|get|got|gotten) <subject:new> from <person:person> [yet]
        (find|show|show me|search for|look for|look up|where is) <person:person> {{mail}} [about|regarding|on|with] <subject:new>
        (where is|find|look for|show me) [the|that] (email|mail|message|letter) <person:person> (sent|wrote) [me] [about <subject:new>]
    """,
        _about,
        "whole",
    ),
    rule(
        "who wrote",
        """
        who [has|else|all] (wrote|written|emailed|mailed|has written|has emailed|messaged|contacted|sent) [to] (me|us) [a mail|an email|something|anything|a message|mail|email]
        (did|has) (anyone|anybody|someone|somebody) [write|written|email|emailed|mail|mailed|message|messaged] [to] [me|us]
        (what|anything) (came|came in|arrived|is) [new] (in my inbox|in the mail|by mail|by email|in the inbox|in my mail)
        what is (in|new in) my (inbox|mail|mailbox|email)
        (anything|something|what is) (new|important|urgent|unread) in [my|the] (inbox|mail|mailbox|email)
        you have got mail
        what (came in|has come in|arrived|has arrived|came)
        (has|did) [the|any] (mail|post) (come|arrived|arrive) [yet]
        (look|go) (at|in|into|through) my (inbox|mail|mailbox|emails|email)
        (which|what) (emails|mails|mail|messages|email|of my mails|of my emails) (should|must|do|shall|need) [i] [to|have to|need to] (look at|read|answer|open|see|deal with|reply to|check|be answered) [first|today|now|next]
        (which|what) (emails|mails|messages) (are|is) [the] (most important|urgent|important|pressing|worth reading|worth a look)
        (anything|something|is there anything|is there something) (in|inside) [my|the] (post|mail|inbox|mailbox|letterbox|letter box) [for me|today|yet]
        (have i|do i have) (mail|post|emails|mails) [not|un] (read|opened|unread)
    """,
        lambda found, turn: _search(found, turn) or call("search_email", "who", query=_flags(found)),
        "apart",
    ),
    Bag("mail", _SEARCH_NEEDS, _SEARCH_ALLOWS, _search),
]


SUMMARY: list[Rule | Bag] = [
    Bag(
        "summary",
        _SUMMARY_NEEDS,
        _SUMMARY_ALLOWS,
        lambda found, turn: call("summarize_inbox") if {*_MAIL.split(), "unread"} & set(found.sentence.plain) else None,
    ),
    rule(
        "summary",
        """
        (catch|bring) me up [to speed|to date] (on|with) [my|the] (email|emails|mail|mails|inbox|messages)
        (what is going on|what is happening|what is up|what is the state|how does it look|how do things look|how are things|what happened) (in|with) [my|the|of my] (inbox|mailbox|email|emails|mail|messages)
        (how is|what about|how does|what is the state of) [my|the] (inbox|mailbox) [look|looking|doing]
        (what are|tell me|give me) the (main points|highlights|headlines|important bits|key points) (of|from|in) [my|the] (inbox|emails|mail|email|messages)
        (anything|something) (urgent|important) (come|came|arrived) [in] [today|yet|for me]
        what do (people|they|others) (want|need|ask) [from|of] (me|us) [in|by] [my|the] [mail|email|emails|mails|inbox]
        sum up [my|the] (inbox|emails|mail|email|messages|mails)
        (run|go|look|walk) (through|over) [my|the] (inbox|emails|mail|email|messages|mails)
        (tell me|what do i need to know) about [my|the] (inbox|emails|mail|email|messages|new emails|unread emails|unread mail)
        (email|mail|inbox) (summary|digest|update|rundown|overview|roundup|recap|briefing)
    """,
        lambda found, turn: call("summarize_inbox"),
        "apart",
    ),
]
