"""A lying Gemini on its real wire: what is streamed, shown and sent back to it is what is so."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Chronus, Start
from tests.e2e.test_api_chat import STREAM, events, say
from tests.emulators.gemini import GeminiDouble, calls, says, served_gemini
from tests.geminis import settings

VET = ("add_event", {"title": "Vet", "when": "tomorrow at nine"})
LIES = (
    ("I've sent Tom the report.", "I haven't sent anything"),
    ("Your meeting is moved to three.", "I haven't changed anything"),
    ("Done!", "I haven't done that."),
    ("**All set**, the table is booked for Friday at seven.", "I haven't"),
    ("You have five meetings tomorrow.", "so I won't say it"),
    ("I'll remind you at five.", "I haven't set a reminder"),
    ("I'll remember that.", "I haven't made a note"),
    ("Sarah wrote that she is ill.", "so I won't say it"),
    ("You have nothing on tomorrow.", "so I won't say it"),
    ("I invited Anna.", "I haven't invited anybody."),
    ("The dentist is at two.", "so I won't say it"),
    ("I've cancelled your lunch.", "I haven't cancelled"),
)


@pytest.fixture
def google() -> Iterator[GeminiDouble]:
    """Gemini."""
    with served_gemini() as double:
        yield double


@pytest.fixture
def chronus(start: Start, google: GeminiDouble) -> Iterator[Chronus]:
    """A server that has its key."""
    with start(gemini=settings(google)) as running:
        yield running


def pieces(text: str, size: int = 5) -> list[str]:
    """Words as they come over the wire."""
    return [text[at : at + size] for at in range(0, len(text), size)]


def test_lies_over_the_wire_are_neither_streamed_nor_kept(chronus: Chronus, google: GeminiDouble) -> None:
    """Claims with no call behind them: the truth is streamed, stands in the answer and in the thread, and goes back to Gemini."""
    for lie, truth in LIES:
        google.then(says(*pieces(f"Of course. {lie}")), says("Fine."))
        told = events(
            chronus.client.post("/v1/chat", json={"text": "please", "conversation_id": "new"}, headers=STREAM).text
        )
        heard = "".join(one["text"] for name, one in told if name == "said")
        answer = dict(told[-1][1])
        assert truth in heard, (lie, heard)
        assert lie not in heard
        assert "".join(heard.split()) == "".join(answer["reply"].split())
        shown = chronus.client.get(f"/v1/chat/{answer['conversation_id']}").json()
        assert lie not in str(shown)
        say(chronus, "really?")
        assert lie not in google.turns[-1].raw
        assert truth in google.turns[-1].raw
    assert google.refused == []


def test_what_is_so_is_streamed_untouched(chronus: Chronus, google: GeminiDouble) -> None:
    """After a call with a receipt its words come through letter for letter, and their signature goes back."""
    google.then(
        calls(VET), says(*pieces("Done. The vet is on your calendar tomorrow at nine, for half an hour.")), says("Yes.")
    )

    assert say(chronus, "put the vet on tomorrow at nine")["reply"] == (
        "Done. The vet is on your calendar tomorrow at nine, for half an hour."
    )
    assert say(chronus, "sure?")["reply"] == "Yes."
    assert google.refused == []


def test_a_wrong_detail_becomes_the_receipt(chronus: Chronus, google: GeminiDouble) -> None:
    """Ten where nine stands there: the receipt's own sentence."""
    google.then(calls(VET), says(*pieces("The vet is on your calendar tomorrow at ten. Anything else?")))

    reply = say(chronus, "put the vet on tomorrow at nine")["reply"]

    assert reply.startswith("Vet is on your calendar, tomorrow,")
    assert "from 9 to 9:30 am." in reply
    assert reply.endswith("Anything else?")
