"""What Gemini refuses, as far as we speak its wire: the request as types that know no other field, and its rules."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic.alias_generators import to_camel

PLACEHOLDER = "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I="  # skip_thought_signature_validator
SCHEMA_KEYS = frozenset(
    "type description enum items properties required anyOf minimum maximum minItems maxItems format title nullable propertyOrdering prefixItems oneOf".split()
)
LEVELS = {
    "gemini-3.8-flash": {"low", "medium", "high"},
    "gemini-3.7-flash": {"low", "medium", "high"},
    "gemini-3.6-flash": {"minimal", "low", "medium", "high"},
    "gemini-3.5-flash-lite": {"minimal", "low", "medium", "high"},
    "gemini-3.5-flash": {"minimal", "low", "medium", "high"},
    "gemini-3.1-flash-lite": {"minimal", "low", "medium", "high"},
}


class Wrong(Exception):
    """A request Gemini answers with 400."""


class Strict(BaseModel):
    """camelCase and snake_case are the same; what isn't known is refused."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True)


class FunctionCall(Strict):
    """A call."""

    id: str | None = None
    name: str
    args: dict[str, Any] = {}


class FunctionResponse(Strict):
    """Its answer."""

    id: str | None = None
    name: str
    response: dict[str, Any]


class Part(Strict):
    """One thing of a content."""

    text: str | None = None
    function_call: FunctionCall | None = None
    function_response: FunctionResponse | None = None
    thought: bool | None = None
    thought_signature: str | None = None

    @field_validator("thought_signature")
    @classmethod
    def _either_alphabet(cls, signature: str | None) -> str | None:
        """Bytes are read from both alphabets of base64."""
        return signature and signature.replace("-", "+").replace("_", "/")

    @model_validator(mode="after")
    def _one_thing(self) -> "Part":
        given = [self.text is not None, self.function_call is not None, self.function_response is not None]
        if sum(given) != 1:
            raise ValueError("a part must have exactly one of its data fields set")
        if self.text == "" and not self.thought_signature:
            raise ValueError("a text part must not be empty")
        return self


class Content(Strict):
    """What one side contributed."""

    role: Literal["user", "model"] | None = None
    parts: list[Part] = Field(min_length=1)

    @property
    def calls(self) -> list[Part]:
        """Its calls."""
        return [part for part in self.parts if part.function_call]

    @property
    def responses(self) -> list[FunctionResponse]:
        """Its answers to calls."""
        return [part.function_response for part in self.parts if part.function_response]


class Declaration(Strict):
    """A tool."""

    name: str = Field(pattern=r"^[A-Za-z_][\w.:-]{0,127}$")
    description: str
    parameters: dict[str, Any] | None = None
    parameters_json_schema: dict[str, Any] | None = None


class Tool(Strict):
    """Some tools."""

    function_declarations: list[Declaration] = Field(min_length=1)


class CallingConfig(Strict):
    """Whether and which tools are called."""

    mode: Literal["AUTO", "ANY", "NONE", "VALIDATED"] = "AUTO"
    allowed_function_names: list[str] | None = None


class ToolConfig(Strict):
    """About tools."""

    function_calling_config: CallingConfig | None = None


class Thinking(Strict):
    """How much is thought."""

    thinking_level: str | None = None
    thinking_budget: int | None = None
    include_thoughts: bool | None = None


class GenerationConfig(Strict):
    """How the answer is made."""

    thinking_config: Thinking | None = None
    max_output_tokens: int | None = None
    response_mime_type: str | None = None
    response_json_schema: dict[str, Any] | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: float | None = None
    candidate_count: int | None = None


class GenerateContent(Strict):
    """The body of a request."""

    contents: list[Content] = Field(min_length=1)
    system_instruction: Content | None = None
    tools: list[Tool] | None = None
    tool_config: ToolConfig | None = None
    generation_config: GenerationConfig | None = None


def check(asked: GenerateContent, model: str, issued: dict[str, tuple[str, str | None]]) -> None:
    """Raises `Wrong`. `issued`: the signatures this double has given: for which model, on which part."""
    _config(asked.generation_config or GenerationConfig(), model)
    for tool in asked.tools or []:
        for one in tool.function_declarations:
            schema(one.parameters_json_schema or one.parameters or {}, one.name)
    names = [one.name for tool in asked.tools or [] for one in tool.function_declarations]
    if len(names) != len(set(names)):
        raise Wrong("Duplicate function declaration found.")
    calling = asked.tool_config.function_calling_config if asked.tool_config else None
    if calling and calling.allowed_function_names and calling.mode not in ("ANY", "VALIDATED"):
        raise Wrong("allowed_function_names may only be set with mode ANY or VALIDATED.")
    if asked.contents[-1].role == "model":
        raise Wrong("Please ensure that multiturn requests end with a user role or a function response.")
    _order(asked.contents)
    _signatures(asked.contents, model, issued)


def _config(config: GenerationConfig, model: str) -> None:
    thinking = config.thinking_config or Thinking()
    if thinking.thinking_level is not None and thinking.thinking_budget is not None:
        raise Wrong("You can only set one of thinking budget and thinking level.")
    known = max((name for name in LEVELS if model.startswith(name)), key=len, default="")
    allowed = LEVELS.get(known, {"low", "medium", "high"})
    if thinking.thinking_level is not None and thinking.thinking_level.lower() not in allowed:
        raise Wrong(f"Thinking level {thinking.thinking_level} is not supported for this model.")
    for name in ("temperature", "top_p", "top_k", "candidate_count"):
        if getattr(config, name) is not None:
            raise Wrong(f"{name} is not supported for this model.")
    if config.response_json_schema is not None:
        if config.response_mime_type != "application/json":
            raise Wrong("response_json_schema needs response_mime_type application/json.")
        schema(config.response_json_schema, "response_json_schema")


def schema(given: Any, where: str) -> None:
    """The subset of JSON schema that goes everywhere. Raises `Wrong`."""
    if not isinstance(given, dict):
        raise Wrong(f"{where} is not a schema")
    if extra := given.keys() - SCHEMA_KEYS:
        raise Wrong(f"Invalid JSON payload received. Unknown name \"{min(extra)}\" at '{where}': Cannot find field.")
    if "type" in given and not isinstance(given["type"], str):
        raise Wrong(f"{where}: type must be a single name")
    if any(not isinstance(value, str) for value in given.get("enum", [])):
        raise Wrong(f"{where}: only strings may be enumerated")
    for name, inner in given.get("properties", {}).items():
        schema(inner, f"{where}.{name}")
    if missing := set(given.get("required", [])) - given.get("properties", {}).keys():
        raise Wrong(f"{where}: required {min(missing)} is not a property")
    if "items" in given:
        schema(given["items"], f"{where}[]")
    for inner in given.get("anyOf", []):
        schema(inner, f"{where}|")


def _order(contents: list[Content]) -> None:
    for before, content, after in zip([None, *contents], contents, [*contents[1:], None], strict=False):
        if content.calls:
            if content.role != "model":
                raise Wrong("Only the model makes function calls.")
            if before is None or before.role == "model":
                raise Wrong("A function call turn comes immediately after a user turn or a function response turn.")
            made = [(part.function_call.id, part.function_call.name) for part in content.calls if part.function_call]
            answered = [(one.id, one.name) for one in after.responses] if after else []
            if len(made) != len(answered):
                raise Wrong("The number of function response parts must equal that of the function call parts.")
            if made != answered:
                raise Wrong("Function responses must name id and name of the calls they answer.")
        if content.responses and (before is None or not before.calls or content.role == "model"):
            raise Wrong("A function response turn comes immediately after a function call turn.")
        if content.responses and len(content.responses) != len(content.parts):
            raise Wrong("A function response turn holds nothing else.")


def _signatures(contents: list[Content], model: str, issued: dict[str, tuple[str, str | None]]) -> None:
    starts = max(i for i, one in enumerate(contents) if one.role != "model" and not one.responses)
    for place, content in enumerate(contents):
        for part in content.parts:
            _known(part, model, issued)
        if place > starts and content.calls and not content.calls[0].thought_signature:
            name = content.calls[0].function_call.name if content.calls[0].function_call else ""
            raise Wrong(
                f"Function call is missing a thought_signature in functionCall parts: {name}, position {place}."
            )


def _known(part: Part, model: str, issued: dict[str, tuple[str, str | None]]) -> None:
    """A signature comes back as it was given: to the model that made it, on the part it was made for."""
    if part.thought_signature is None or (part.function_call and part.thought_signature == PLACEHOLDER):
        return
    whose, on = issued.get(part.thought_signature, ("", ""))
    if whose != model:
        raise Wrong("Thought signature is not valid.")
    if on != (part.function_call.id if part.function_call else "text"):
        raise Wrong("Corrupted thought signature.")
