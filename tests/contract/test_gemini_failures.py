"""Whatever goes wrong at Gemini's side becomes words or a refusal with a name; what may be asked again is, once."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any, cast

import pytest

from integrations.errors import ChronusError, RateLimited, Unavailable
from integrations.model import Blocked, KeyRefused, NoAnswer, QuotaSpent, Step
from integrations.model.gemini import Gemini, GeminiMind, Pace
from integrations.model.gemini.refusals import AWAY, CUT, ModelGone
from tests.emulators.gemini import (
    Chunk,
    GeminiDouble,
    Reply,
    Scripted,
    blocks,
    calls,
    cuts,
    ends,
    fails,
    garbage,
    hangs,
    says,
    served_gemini,
)
from tests.geminis import connected, made, prompt, step, thinking, words

PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel"


@pytest.fixture
def google() -> Iterator[GeminiDouble]:
    """The other side."""
    with served_gemini() as double:
        yield double


async def thought(google: GeminiDouble, *replies: Scripted, **more: Any) -> tuple[list[Step], ChronusError | None]:
    """The steps of one thought, and how it failed."""
    google.then(*replies)
    steps: list[Step] = []
    async with thinking(google) as mind:
        try:
            async with aclosing(cast("Any", mind.think(prompt(**more)))) as coming:
                async for one in coming:
                    steps.append(one)  # noqa: PERF401, kept also when it fails
        except ChronusError as error:
            return steps, error
    return steps, None


def figure(gemini: Gemini, name: str, **labels: str) -> float:
    """What Prometheus would read."""
    return gemini.figures.registry.get_sample_value(name, labels) or 0.0


@pytest.mark.parametrize(
    ("finish", "kind"),
    [
        ("STOP", NoAnswer),
        ("MAX_TOKENS", NoAnswer),
        ("SAFETY", Blocked),
        ("RECITATION", Blocked),
        ("LANGUAGE", Blocked),
        ("PROHIBITED_CONTENT", Blocked),
        ("SPII", Blocked),
        ("BLOCKLIST", Blocked),
        ("MALFORMED_FUNCTION_CALL", NoAnswer),
        ("UNEXPECTED_TOOL_CALL", NoAnswer),
        ("TOO_MANY_TOOL_CALLS", NoAnswer),
        ("OTHER", NoAnswer),
    ],
)
async def test_an_answer_without_words_has_a_name(google: GeminiDouble, finish: str, kind: type[ChronusError]) -> None:
    """Each reason to stop without a word is a refusal with a sentence, and counted under its own name."""
    google.then(ends(finish), ends(finish))
    async with connected(google) as gemini:
        with pytest.raises(kind) as refused:
            await step(GeminiMind(gemini), prompt())

        assert refused.value.say.endswith(".")
        assert figure(gemini, "chronus_mind_answers_total", model=gemini.model, finish=finish) > 0
    assert len(google.asked) == (2 if finish == "MALFORMED_FUNCTION_CALL" else 1)


@pytest.mark.parametrize("reason", ["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT"])
async def test_a_blocked_prompt_has_a_name(google: GeminiDouble, reason: str) -> None:
    """A refusal without any candidate is told and counted."""
    google.then(blocks(reason))
    async with connected(google) as gemini:
        with pytest.raises(Blocked):
            await step(GeminiMind(gemini), prompt())

        assert figure(gemini, "chronus_mind_answers_total", model=gemini.model, finish=f"BLOCKED_{reason}") == 1


async def test_a_garbled_call_is_asked_for_once_more(google: GeminiDouble) -> None:
    """The second try may get it right, and then nothing was wrong."""
    steps, error = await thought(google, ends("MALFORMED_FUNCTION_CALL"), calls(("get_time", {})))

    assert error is None
    assert [call.tool for call in made(steps)] == ["get_time"]


async def test_words_are_never_said_twice(google: GeminiDouble) -> None:
    """A call garbled after words isn't asked for again: the words are out."""
    steps, error = await thought(google, ends("MALFORMED_FUNCTION_CALL", "Let me see. "))

    assert words(steps) == "Let me see. "
    assert isinstance(error, NoAnswer)
    assert len(google.asked) == 1


async def test_too_long_an_answer_says_so(google: GeminiDouble) -> None:
    """Words cut off by the limit end with an offer to go on."""
    steps, error = await thought(google, ends("MAX_TOKENS", "First, "))

    assert error is None
    assert words(steps) == "First,  That is as much as I can say at once; ask me to go on."


async def test_half_a_batch_of_calls_is_no_batch(google: GeminiDouble) -> None:
    """When the line breaks after a call, or the answer didn't end well, nothing is called."""
    call: Any = {"functionCall": {"id": "fc-1", "name": "get_time", "args": {}}, "thoughtSignature": "call"}
    for broken in (
        Reply(chunks=[Chunk(parts=[call])], cut=True),
        Reply(chunks=[Chunk(parts=[call]), Chunk(finish="MAX_TOKENS")]),
        Reply(chunks=[Chunk(parts=[call]), Chunk(finish="SAFETY")]),
    ):
        steps, error = await thought(google, broken)

        assert made(steps) == []
        assert error is not None


@pytest.mark.parametrize("status", [429, 500, 503, 504])
async def test_a_busy_gemini_is_asked_once_more(google: GeminiDouble, status: int) -> None:
    """Within a second, and the person notices nothing."""
    steps, error = await thought(google, fails(status), says("Ten."))

    assert (words(steps), error) == ("Ten.", None)
    assert len(google.asked) == 2


@pytest.mark.parametrize(("status", "kind"), [(429, RateLimited), (503, Unavailable)])
async def test_a_turn_has_two_tries_and_no_more(google: GeminiDouble, status: int, kind: type[ChronusError]) -> None:
    """Then it is somebody else's turn to answer."""
    steps, error = await thought(google, fails(status, quota=PER_MINUTE if status == 429 else None), fails(status))

    assert steps == []
    assert type(error) is kind
    assert len(google.asked) == 2


async def test_a_quota_of_the_day_is_not_tried_again(google: GeminiDouble) -> None:
    """It has a name, and is asked once."""
    _, error = await thought(google, fails(429, quota=PER_DAY, retry="3600s"))

    assert isinstance(error, QuotaSpent)
    assert error.retry_after == 3600
    assert len(google.asked) == 1


@pytest.mark.parametrize(
    "refusal",
    [fails(400, reason="API_KEY_INVALID"), fails(401), fails(403), fails(403, reason="API_KEY_SERVICE_BLOCKED")],
)
async def test_a_refused_key_is_a_state_of_its_own(google: GeminiDouble, refusal: Reply) -> None:
    """Named, and asked once: nothing gets better by asking again."""
    _, error = await thought(google, refusal)

    assert isinstance(error, KeyRefused)
    assert len(google.asked) == 1


async def test_a_wrong_key_is_refused_by_name(google: GeminiDouble) -> None:
    """As Google itself says it."""
    async with thinking(google, api_key="AIza-wrong") as mind:
        with pytest.raises(KeyRefused):
            await step(mind, prompt())


async def test_a_request_gemini_does_not_like_is_asked_once(google: GeminiDouble) -> None:
    """It says nothing about the next turn."""
    _, error = await thought(google, fails(400))

    assert isinstance(error, NoAnswer)
    assert len(google.asked) == 1


async def test_silence_ends_at_the_deadline(google: GeminiDouble) -> None:
    """A Gemini that accepts and never sends is given up, and its line is closed."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    steps, error = await thought(google, hangs())

    assert steps == []
    assert error is not None
    assert error.say == AWAY
    assert 0.5 < loop.time() - began < 3
    await _until(lambda: google.asked[0].hung_up)


async def test_listeners_are_given_less_patience(google: GeminiDouble) -> None:
    """That a sentence is over is noticed late and sound takes time: aloud the deadline is earlier."""
    pace = Pace(first=30, spoken=0.05)
    google.then(hangs())
    async with thinking(google, pace=pace) as mind:
        with pytest.raises(Unavailable):
            await step(mind, prompt(channel="voice"))


def test_the_usual_deadlines_fit_into_six_seconds() -> None:
    """Four seconds typed, less spoken; a stalled answer is given up within five."""
    assert (Pace().first, Pace().spoken, Pace().idle) == (4.0, 3.5, 4.5)


async def test_what_is_left_of_patience_is_what_it_gets(google: GeminiDouble) -> None:
    """In a later round of a turn it has less time, and being late then says nothing about the next turn."""
    _, error = await thought(google, hangs(), patience=0.05)

    assert isinstance(error, NoAnswer)


async def test_a_stall_in_the_middle_is_told(google: GeminiDouble) -> None:
    """What was said is kept, and the person hears that the rest is lost."""
    steps, error = await thought(google, hangs("You have ", "two "))

    assert words(steps) == "You have two "
    assert error is not None
    assert error.say == CUT


async def test_a_line_that_breaks_is_told_and_never_asked_again(google: GeminiDouble) -> None:
    """After the first words there is no second try."""
    steps, error = await thought(google, cuts("You have ", "two "), says("never"))

    assert words(steps) == "You have two "
    assert isinstance(error, Unavailable)
    assert len(google.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sorry</html>",
        b"",
        b"data: nonsense\r\n\r\n",
        b"data: []\r\n\r\n",
        b'data: "text"\r\n\r\n',
        b'data: {"candidates": 7}\r\n\r\n',
        b'data: {"candidates": [{"content": {"parts": [{"text": 7}]}}]}\r\n\r\n',
        b'data: {"error": {"code": 503, "message": "Overloaded.", "status": "UNAVAILABLE"}}\r\n\r\n',
        b'data: {"error": {}}\r\n\r\n',
        b"\xff\xfe\x00\x01",
    ],
)
async def test_garbage_is_refused(google: GeminiDouble, body: bytes) -> None:
    """Whatever stands in the body, it becomes one of our refusals."""
    steps, error = await thought(google, garbage(body), garbage(body))

    assert steps == []
    assert isinstance(error, Unavailable)


async def test_nobody_there_is_told() -> None:
    """A closed port."""
    with served_gemini() as double:
        pass
    async with thinking(double) as mind:
        with pytest.raises(Unavailable):
            await step(mind, prompt())


async def test_leaving_closes_the_line(google: GeminiDouble) -> None:
    """Somebody speaks over it: Gemini sees that we have hung up, both while we wait and between two pieces."""
    async with thinking(google) as mind:
        google.then(hangs())
        waiting = asyncio.create_task(step(mind, prompt()))
        await _until(lambda: bool(google.asked))
        waiting.cancel()
        await asyncio.wait({waiting})
        await _until(lambda: google.asked[0].hung_up)

        google.then(hangs("You have ", "two "))
        async with aclosing(cast("Any", mind.think(prompt()))) as steps:
            await anext(steps)
        await _until(lambda: google.asked[1].hung_up)


async def test_tokens_are_counts_so_far(google: GeminiDouble) -> None:
    """Two growing chunks are worth the last one, thoughts included; they are counted also when nobody waits any more."""
    spent: list[tuple[str, int]] = []
    google.then(Reply(chunks=[Chunk(parts=[{"text": "Ten "}], thoughts=5), Chunk(parts=[{"text": "past."}], finish="STOP", thoughts=7)]), hangs("You ", "have "))  # fmt: skip
    async with connected(google, spent=lambda person, tokens: spent.append((person, tokens))) as gemini:
        mind = GeminiMind(gemini)
        await step(mind, prompt(person="p1"))
        prompted = len(google.asked[0].raw) // 4
        answer = spent[0][1] - prompted - 7
        assert spent == [("p1", prompted + answer + 7)]
        assert 0 < answer < 30
        assert figure(gemini, "chronus_mind_tokens_total", model=gemini.model, kind="thoughts") == 7
        assert figure(gemini, "chronus_mind_tokens_total", model=gemini.model, kind="prompt") == prompted

        async with aclosing(cast("Any", mind.think(prompt(person="p2")))) as steps:
            await anext(steps)
        assert spent[1][0] == "p2"


async def test_a_model_that_is_gone_is_replaced_at_the_start(google: GeminiDouble) -> None:
    """The next of the list that exists is asked from then on."""
    google.models = {"gemini-3.5-flash"}
    async with connected(google, fallbacks=["gemini-3.6-flash", "gemini-3.5-flash"]) as gemini:
        await gemini.probe()
        assert gemini.model == "gemini-3.5-flash"
        assert words(await step(GeminiMind(gemini), prompt())) == "All right."
        with pytest.raises(Unavailable, match=r"gemini-3\.5-flash-lite doesn't exist any more"):
            await gemini.ping()

    assert [one.model for one in google.turns] == ["gemini-3.5-flash"]


async def test_a_model_that_goes_while_we_run_is_replaced_too(google: GeminiDouble) -> None:
    """In the same turn; nobody notices. Its successor's calls are its own."""
    google.models = {"gemini-3.6-flash"}
    google.then(calls(("get_time", {})))
    async with thinking(google) as mind:
        [call] = made(await step(mind, prompt()))

    assert [one.model for one in google.asked] == ["gemini-3.5-flash-lite", "gemini-3.6-flash"]
    assert call.mind == "gemini-3.6-flash"


async def test_no_model_at_all_is_told(google: GeminiDouble) -> None:
    """When none of the list exists, that is said, and the one that is set is asked all the same."""
    google.models = set()
    async with connected(google) as gemini:
        with pytest.raises(ModelGone):
            await gemini.probe()
        assert gemini.model == "gemini-3.5-flash-lite"
        with pytest.raises(ModelGone):
            await step(GeminiMind(gemini), prompt())


async def test_another_model_answering_rings_the_alarm(google: GeminiDouble, caplog: pytest.LogCaptureFixture) -> None:
    """A line in the log, a figure, and a health check that says so; quiet again when the right one answers."""
    google.version = "gemini-3.8-flash"
    async with connected(google) as gemini:
        with caplog.at_level(logging.WARNING):
            await step(GeminiMind(gemini), prompt())
        assert "gemini-3.8-flash answers" in caplog.text
        assert figure(gemini, "chronus_mind_other_model") == 1
        with pytest.raises(Unavailable, match=r"gemini-3\.8-flash answers"):
            await gemini.ping()

        google.version = None
        await step(GeminiMind(gemini), prompt())
        assert figure(gemini, "chronus_mind_other_model") == 0
        await gemini.ping()


async def test_a_mind_that_has_just_answered_is_not_asked_how_it_is(google: GeminiDouble) -> None:
    """Health checks cost nothing while turns are answered."""
    async with connected(google) as gemini:
        await step(GeminiMind(gemini), prompt())
        await gemini.ping()

    assert [one.method for one in google.asked] == ["streamGenerateContent"]


async def test_neither_key_nor_words_are_written_down(google: GeminiDouble, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, at the levels that servers keep."""
    with caplog.at_level(logging.INFO):
        for broken in (fails(400), garbage(b'data: {"secret": "words"\r\n\r\n'), says("secret words")):
            await thought(google, broken, broken, said="my secret words")

    assert google.key not in caplog.text
    assert "secret" not in caplog.text


async def _until(done: Any) -> None:
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110, it happens in another thread
            await asyncio.sleep(0.005)
