"""The double is as strict as the real side: what Google refuses, it refuses, in Google's own shape of an error."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.emulators.gemini import GeminiDouble, calls, served_gemini

MODEL = "gemini-3.6-flash"
SAID: dict[str, Any] = {"role": "user", "parts": [{"text": "Hi"}]}
TOOL: dict[str, Any] = {"name": "f", "description": "F.", "parametersJsonSchema": {"type": "object", "properties": {}}}
CALL: dict[str, Any] = {"functionCall": {"id": "c1", "name": "f", "args": {}}}
ANSWER: dict[str, Any] = {"functionResponse": {"id": "c1", "name": "f", "response": {"ok": True}}}
SKIP = "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I="


@pytest.fixture(scope="module")
def google() -> Iterator[GeminiDouble]:
    """The double."""
    with served_gemini() as double:
        yield double


def post(google: GeminiDouble, body: Any, *, model: str = MODEL, version: str = "v1beta", key: str | None = None) -> httpx.Response:  # fmt: skip
    """A request as curl would make it."""
    address = f"{google.url}/{version}/models/{model}:generateContent"
    given = google.key if key is None else key
    return httpx.post(address, json=body, headers={"x-goog-api-key": given} if given else {})


def model(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "model", "parts": list(parts)}


def user(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "parts": list(parts)}


def config(**given: Any) -> dict[str, Any]:
    return {"contents": [SAID], "generationConfig": given}


def tool(**schema: Any) -> dict[str, Any]:
    return {"contents": [SAID], "tools": [{"functionDeclarations": [TOOL | {"parametersJsonSchema": schema}]}]}


@pytest.mark.parametrize(
    "body",
    [
        {"contents": []},
        {"contents": [SAID], "temperatur": 1},
        {"contents": [SAID, model({"text": "Hello."})]},
        {"contents": [{"role": "assistant", "parts": [{"text": "Hi"}]}]},
        {"contents": [user({"text": ""})]},
        {"contents": [user({"text": "Hi", "functionCall": {"name": "f"}})]},
        {"contents": [SAID, model(CALL), user(ANSWER)]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": "bWFkZSB1cA=="}), user(ANSWER)]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": SKIP}), SAID]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": SKIP}), user(ANSWER, ANSWER)]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": SKIP}), user(ANSWER, {"text": "and"})]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": SKIP}), user({"functionResponse": {"id": "c2", "name": "f", "response": {}}})]},
        {"contents": [SAID, model(CALL | {"thoughtSignature": SKIP}), user({"functionResponse": {"id": "c1", "name": "g", "response": {}}})]},
        {"contents": [SAID, user(ANSWER)]},
        {"contents": [model(CALL | {"thoughtSignature": SKIP}), user(ANSWER)]},
        config(thinkingConfig={"thinkingLevel": "LOW", "thinkingBudget": 0}),
        config(thinkingConfig={"thinkingLevel": "EXTREME"}),
        config(temperature=0.2),
        config(topP=0.9),
        config(topK=3),
        config(candidateCount=1),
        config(responseJsonSchema={"type": "object"}),
        tool(type="object", additionalProperties=False),
        tool(type="object", properties={"a": {"$ref": "#/$defs/A"}}),
        tool(type="object", properties={"a": {"type": ["string", "null"]}}),
        tool(type="object", properties={"a": {"enum": [1, 2]}}),
        tool(type="object", properties={"a": {"type": "string", "x-note": "ours"}}),
        {"contents": [SAID], "tools": [{"functionDeclarations": [TOOL, TOOL]}]},
        {"contents": [SAID], "toolConfig": {"functionCallingConfig": {"mode": "AUTO", "allowedFunctionNames": ["f"]}}},
    ],
)  # fmt: skip
def test_what_google_refuses_is_refused(google: GeminiDouble, body: Any) -> None:
    """400, and why."""
    answer = post(google, body)

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize(
    "body",
    [
        {"contents": [SAID], "system_instruction": {"parts": [{"text": "Be brief."}]}},
        {"contents": [SAID, model(CALL | {"thought_signature": SKIP}), user(ANSWER)]},
        {"contents": [SAID, model(CALL), user(ANSWER), model({"text": "Ok."}), SAID]},
        config(thinking_config={"thinking_level": "MINIMAL"}, maxOutputTokens=9),
        config(responseMimeType="application/json", responseJsonSchema={"type": "object"}),
    ],
)
def test_what_google_takes_is_taken(google: GeminiDouble, body: Any) -> None:
    """Both ways of writing a key; in earlier turns a signature may be missing."""
    answer = post(google, body)

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["candidates"][0]["finishReason"] == "STOP"
    assert told["modelVersion"] == MODEL
    assert told["responseId"]
    assert told["usageMetadata"]["totalTokenCount"] > 0


def test_a_signature_belongs_to_its_part_and_its_model(google: GeminiDouble) -> None:
    """It can't be moved to another call, nor be shown to another model."""
    google.then(calls(("f", {}), ("f", {"x": 1})))
    one, two = post(google, {"contents": [SAID]}).json()["candidates"][0]["content"]["parts"]
    answers = [{"functionResponse": {"id": part["functionCall"]["id"], "name": "f", "response": {}}} for part in (one, two)]  # fmt: skip

    good = {"contents": [SAID, model(one, two), user(*answers)]}
    moved = {"contents": [SAID, model(two | {"thoughtSignature": one["thoughtSignature"]}), user(answers[1])]}

    assert post(google, good).status_code == 200
    assert post(google, moved).status_code == 400
    assert post(google, good, model="gemini-3.8-flash").status_code == 400


def test_minimal_is_not_for_every_model(google: GeminiDouble) -> None:
    """The newest ones refuse it."""
    body = config(thinkingConfig={"thinkingLevel": "MINIMAL"})
    assert [post(google, body, model=name).status_code for name in (MODEL, "gemini-3.8-flash")] == [200, 400]


def test_keys_models_and_versions(google: GeminiDouble) -> None:
    """A missing key, a wrong one, a model that is gone, a version that never was."""
    body = {"contents": [SAID]}
    assert post(google, body, key="").status_code == 403
    wrong = post(google, body, key="wrong")
    assert wrong.status_code == 400
    assert wrong.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    assert post(google, body, model="gemini-2.0-flash").json()["error"]["status"] == "NOT_FOUND"
    assert post(google, body, version="v7").status_code == 404
