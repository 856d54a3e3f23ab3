"""What goes out to Gemini: model, thinking, tools, contents in their order, signatures, and nothing it refuses."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from agent.prompt import SYSTEM
from agent.tools import toolbox
from integrations.model import Answer, Call, Line, Replied, Said, Words
from integrations.model.gemini.models import is_same
from integrations.model.gemini.schema import plain
from integrations.settings import GeminiSettings
from tests.emulators.gemini import Chunk, GeminiDouble, Reply, calls, gives, says, served_gemini
from tests.emulators.gemini_rules import LEVELS, PLACEHOLDER, Wrong
from tests.emulators.gemini_rules import schema as subset
from tests.geminis import made, prompt, step, thinking, words

LITE = "gemini-3.5-flash-lite"


@pytest.fixture
def google() -> Iterator[GeminiDouble]:
    """The other side; whatever it refuses fails the test."""
    with served_gemini() as double:
        yield double
        assert double.refused == []


def answered(call: Call, **result: Any) -> Answer:
    """What a tool gave."""
    return Answer(id=call.id, tool=call.tool, content={"result": result or {"ok": True}})


def sent(google: GeminiDouble) -> list[dict[str, Any]]:
    """The contents of the last request."""
    return list(google.asked[-1].body["contents"])


async def test_words_come_in_whole_words(google: GeminiDouble) -> None:
    """However Gemini cuts them: whoever speaks or shows the pieces never meets half a word, and nothing is lost."""
    google.then(says("It is ", "ten p", "ast 4.", "30 or", " so."))
    async with thinking(google) as mind:
        steps = await step(mind, prompt())

    assert words(steps) == "It is ten past 4.30 or so."
    pieces = [one.text for one in steps if isinstance(one, Words) and one.text]
    assert pieces == ["It is ", "ten ", "past ", "4.30 ", "or ", "so."] or all(p.endswith(" ") for p in pieces[:-1])


async def test_thoughts_are_not_spoken(google: GeminiDouble) -> None:
    """A part marked as thought is no answer."""
    google.then(gives("It is four.", thought="They want the time."))
    async with thinking(google) as mind:
        assert words(await step(mind, prompt())) == "It is four."


@pytest.mark.parametrize("version", ["v1beta", "v1"])
async def test_address_and_version_are_settings(google: GeminiDouble, version: str) -> None:
    """`BASE_URL` and `API_VERSION` decide where a request goes; streamed as server-sent events."""
    async with thinking(google, api_version=version) as mind:
        await step(mind, prompt())

    assert google.asked[-1].path == f"/{version}/models/{LITE}:streamGenerateContent"


def test_the_version_is_set_by_default() -> None:
    """v1beta, whichever the library prefers."""
    assert GeminiSettings().api_version == "v1beta"


@pytest.mark.parametrize("key", ["AIzaSyD-something", "AQ.Ab8R-something", "any/shape at all"])
async def test_a_key_may_look_as_it_likes(key: str) -> None:
    """Only Google says whether it is good."""
    with served_gemini(key=key) as double:
        async with thinking(double) as mind:
            assert words(await step(mind, prompt())) == "All right."


@pytest.mark.parametrize("model", sorted(LEVELS))
async def test_every_model_thinks_as_little_as_it_may(google: GeminiDouble, model: str) -> None:
    """A level, the lowest the model takes, and never a budget beside it; and none of the knobs that became errors."""
    async with thinking(google, model=model) as mind:
        await step(mind, prompt())

    config = google.asked[-1].body["generationConfig"]
    level = config["thinkingConfig"].get("thinkingLevel") or config["thinkingConfig"].get("thinking_level")
    assert level.lower() == ("minimal" if "minimal" in LEVELS[model] else "low")
    assert config.keys() == {"thinkingConfig", "maxOutputTokens"}
    assert len(config["thinkingConfig"]) == 1


@pytest.mark.parametrize(("model", "level"), [("gemini-flash-latest", "low"), ("gemini-4-argon", "low"), ("gemini-3.5-flash-lite-001", "minimal")])  # fmt: skip
async def test_models_nobody_knows_yet(model: str, level: str) -> None:
    """Aliases and newcomers get the level that all take; a dated build that of its model."""
    with served_gemini(models={model}) as double:
        async with thinking(double, model=model) as mind:
            steps = await step(mind, prompt())
    assert words(steps) == "All right."
    assert str(double.asked[-1].body["generationConfig"]["thinkingConfig"]).lower().count(level) == 1


async def test_a_request_is_made_once_and_no_tool_runs_behind_our_back(google: GeminiDouble) -> None:
    """Declarations go out, never functions; tools are called only by us; the mode is left to the model."""
    google.then(calls(("get_time", {})))
    async with thinking(google) as mind:
        steps = await step(mind, prompt())

    assert [call.tool for call in made(steps)] == ["get_time"]
    assert len(google.asked) == 1
    assert google.asked[0].body.keys() == {"contents", "systemInstruction", "tools", "generationConfig"}


async def test_the_whole_catalogue_is_accepted_and_byte_stable(google: GeminiDouble) -> None:
    """All tools pass the strict schema check, in the order of the catalogue, and read the same in every request."""
    async with thinking(google) as mind:
        for said in ("What's on today?", "And tomorrow?"):
            await step(mind, prompt(said=said, tools=toolbox().declarations, system=SYSTEM))
    async with thinking(google) as mind:
        await step(mind, prompt(said="Third.", tools=toolbox().declarations, system=SYSTEM))

    stable = {json.dumps([one.body["systemInstruction"], one.body["tools"]]) for one in google.asked}
    assert len(stable) == 1
    names = [one["name"] for one in google.asked[0].body["tools"][0]["functionDeclarations"]]
    assert names == [one.name for one in toolbox().declarations]
    [read] = stable
    assert all(mark not in read for mark in ("additionalProperties", "$ref", "anyOf", '"null"', '"x-'))


async def test_what_changes_comes_last(google: GeminiDouble) -> None:
    """Time and calendar stand beside the latest words, never in the system instruction: the rest is found in the cache."""
    google.enough_to_cache = 100
    google.then(says("Ten."), says("Still ten."))
    history: list[Line] = [Said(text="What time is it?"), Replied(text="Ten.")]
    facts = ("It is 10:20.", "It is 10:21.")
    async with thinking(google) as mind:
        await step(mind, prompt(facts=facts[0], system=SYSTEM, tools=toolbox().declarations))
        await step(mind, prompt(*history, Said(text="And now?"), facts=facts[1], system=SYSTEM, tools=toolbox().declarations))  # fmt: skip
        cached = mind._gemini.figures.tokens.labels(LITE, "cached")._value.get()

    first, second = (json.dumps(one.body) for one in google.asked)
    assert facts[0] in first
    assert facts[0] not in second
    assert facts[1] in json.dumps(sent(google)[-1])
    assert "10:2" not in json.dumps([one.body["systemInstruction"] for one in google.asked])
    assert cached * 4 > len(json.dumps([google.asked[1].body[key] for key in ("systemInstruction", "tools")]))


async def test_facts_stay_where_they_are_while_tools_answer(google: GeminiDouble) -> None:
    """In the second round they stand where they stood, so that nothing before the answers has changed."""
    google.then(calls(("get_time", {})), says("Ten."))
    async with thinking(google) as mind:
        [call] = made(await step(mind, prompt()))
        await step(mind, prompt(Said(text="What time is it?"), call, answered(call)))

    assert google.asked[1].body["contents"][0] == google.asked[0].body["contents"][0]


async def test_nothing_ends_with_the_model(google: GeminiDouble) -> None:
    """A history that ends with our words gets a user's content after it; all roles are user or model."""
    async with thinking(google) as mind:
        await step(mind, prompt(Said(text="Hello"), Replied(text="Hello there.")))

    assert [one["role"] for one in sent(google)] == ["user", "model", "user"]


async def test_a_batch_of_calls_goes_back_as_it_came(google: GeminiDouble) -> None:
    """Only the first call is signed; both stand in one model content, both answers in the user content after it."""
    google.then(calls(("get_time", {"place": "Rome"}), ("get_time", {"place": "Oslo"})), says("Ten and ten."))
    async with thinking(google) as mind:
        one, two = made(await step(mind, prompt()))
        # the slow tool answers last; the order of the calls is kept all the same
        await step(mind, prompt(Said(text="Rome and Oslo?"), one, two, answered(two), answered(one)))

    model, user = sent(google)[1:]
    assert (one.signature is not None, two.signature) == (True, None)
    assert ["thoughtSignature" in part for part in model["parts"]] == [True, False]
    assert [part["functionCall"]["id"] for part in model["parts"]] == [one.id, two.id]
    told = [part["functionResponse"] for part in user["parts"]]
    assert [(part["id"], part["name"]) for part in told] == [(one.id, "get_time"), (two.id, "get_time")]


async def test_a_call_without_an_id_goes_back_without_one(google: GeminiDouble) -> None:
    """As it came; its answer is matched by its name and place."""
    nameless: dict[str, Any] = {"functionCall": {"name": "get_time", "args": {}}, "thoughtSignature": "call"}
    google.then(Reply(chunks=[Chunk(parts=[nameless], finish="STOP")]))
    async with thinking(google) as mind:
        [call] = made(await step(mind, prompt()))
        await step(mind, prompt(Said(text="Time?"), call, answered(call)))

    assert "id" not in sent(google)[1]["parts"][0]["functionCall"]
    assert sent(google)[2]["parts"][0]["functionResponse"].keys() == {"name", "response"}


async def test_each_step_keeps_its_own_signature(google: GeminiDouble) -> None:
    """Call after call in one turn, words between them: every signature is back on the part it came on."""
    google.then(calls(("get_time", {}), text="Let me see. "), calls(("get_time", {"place": "Rome"})), says("It is ", "ten."))  # fmt: skip
    async with thinking(google) as mind:
        lines: list[Line] = [Said(text="What time is it?")]
        for _ in range(2):
            steps = await step(mind, prompt(*lines))
            lines += [Replied(text=one.text, mind=one.mind) for one in steps if isinstance(one, Words)]
            lines += [line for call in made(steps) for line in (call, answered(call))]
        last = await step(mind, prompt(*lines))
        lines += [Replied(text=one.text, signature=one.signature, mind=one.mind) for one in last if isinstance(one, Words)]  # fmt: skip
        await step(mind, prompt(*lines, Said(text="Thanks")))

    kept = sent(google)
    assert [one["role"] for one in kept] == ["user", "model", "user", "model", "user", "model", "user"]
    assert kept[1]["parts"][0] == {"text": "Let me see. "}
    signed = [part for one in kept for part in one["parts"] if "thoughtSignature" in part]
    assert [next(iter(part.keys() - {"thoughtSignature"})) for part in signed] == [
        "functionCall",
        "functionCall",
        "text",
    ]
    assert signed[-1]["text"] == ""  # in the empty piece at the end, as it came


@pytest.mark.parametrize("mind_of_call", ["", "gemini-3.8-flash"])
async def test_signatures_never_cross_to_another_model(google: GeminiDouble, mind_of_call: str) -> None:
    """Calls of the built-in mind and of another model get the placeholder; only the first of a batch needs one."""
    signature = b"signed by somebody else" if mind_of_call else None
    made_before = [Call(id=f"c{n}", tool="get_time", arguments={}, signature=signature, mind=mind_of_call) for n in (1, 2)]  # fmt: skip
    earlier: list[Line] = [Said(text="Time?"), *made_before, *map(answered, made_before), Replied(text="Ten.", signature=signature, mind=mind_of_call)]  # fmt: skip
    async with thinking(google) as mind:
        await step(mind, prompt(*earlier, Said(text="Thanks")))

    parts = [part for one in sent(google) for part in one["parts"]]
    assert [part.get("thoughtSignature") for part in parts if "functionCall" in part] == [PLACEHOLDER, None]
    assert [part for part in parts if part.get("text") == "Ten."] == [{"text": "Ten."}]


async def test_a_call_that_was_never_run_is_answered_as_such(google: GeminiDouble) -> None:
    """Whoever was spoken over before a tool began leaves no call without its answer."""
    begun = Call(id="c1", tool="get_time", arguments={})
    async with thinking(google) as mind:
        await step(mind, prompt(Said(text="Time?"), begun, Said(text="No, wait.")))

    [told] = sent(google)[2]["parts"]
    assert told["functionResponse"]["response"]["error"] == "interrupted"


async def test_words_of_code_between_answers_break_no_batch(google: GeminiDouble) -> None:
    """A question read back between two answers comes after both of them."""
    one, two = (Call(id=f"c{n}", tool="get_time", arguments={}) for n in (1, 2))
    async with thinking(google) as mind:
        await step(mind, prompt(Said(text="Both"), one, two, answered(one), Replied(text="Shall I?"), answered(two), Said(text="Well")))  # fmt: skip

    assert [one["role"] for one in sent(google)] == ["user", "model", "user", "model", "user"]
    assert len(sent(google)[2]["parts"]) == 2


async def test_silence_of_earlier_turns_is_left_out(google: GeminiDouble) -> None:
    """A reply nobody heard a word of is no part at all."""
    async with thinking(google) as mind:
        await step(mind, prompt(Said(text="Hello"), Replied(text=""), Said(text="Are you there?")))

    assert [one["role"] for one in sent(google)] == ["user", "user"]


class Colour(BaseModel):
    """Part of a shape."""

    model_config = ConfigDict(extra="forbid")

    name: Literal["red", "green"]
    shade: Literal[1, 2] | None = None


class Shape(BaseModel):
    """All that pydantic may write into a schema."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"x-note": "ours"})

    colours: list[Colour] = Field(max_length=3)
    first: Colour | None = None
    count: int | None = Field(None, gt=0, le=9, description="How many.")
    either: str | int = ""
    only: Literal["this"] = "this"
    inner: "Shape | None" = None


def test_a_schema_is_reduced_to_what_gemini_takes() -> None:
    """No references, extras, nulls or other than string enums; what an optional thing is stays plain."""
    given = Shape.model_json_schema()
    with pytest.raises(Wrong):
        subset(given, "shape")

    reduced = plain(given)

    subset(reduced, "shape")
    assert _none_of(reduced, "$ref", "$defs", "additionalProperties", "x-note", "default", "title", "const")
    properties = reduced["properties"]
    assert properties["count"] == {"type": "integer", "minimum": 1, "maximum": 9, "description": "How many."}
    assert properties["colours"]["items"]["properties"]["name"] == {"type": "string", "enum": ["red", "green"]}
    assert "One of 1, 2." in properties["first"]["properties"]["shade"]["description"]
    assert properties["either"]["anyOf"] == [{"type": "string"}, {"type": "integer"}]
    assert properties["only"]["enum"] == ["this"]
    assert reduced["required"] == ["colours"]


def _none_of(schema: Any, *keys: str) -> bool:
    if isinstance(schema, Mapping):
        inner = {**schema, **schema.get("properties", {})}
        return not any(key in schema for key in keys) and all(_none_of(one, *keys) for one in inner.values())
    return all(_none_of(one, *keys) for one in schema) if isinstance(schema, list) else True


@pytest.mark.parametrize(
    ("asked", "answering", "same"),
    [
        (LITE, LITE, True),
        (LITE, f"models/{LITE}", True),
        (LITE, f"{LITE}-001", True),
        (LITE, f"{LITE}-preview-09-2026", True),
        ("gemini-flash-latest", "gemini-3.8-flash", True),
        ("gemini-3.5-flash", LITE, False),
        (LITE, "gemini-3.5-flash", False),
        ("gemini-2.5-flash", LITE, False),
    ],
)
def test_whether_the_right_model_answers(asked: str, answering: str, same: bool) -> None:
    """A dated build is the model itself; a smaller sister isn't; an alias is never sure."""
    assert is_same(asked, answering) is same
