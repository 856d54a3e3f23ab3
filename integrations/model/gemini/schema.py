"""Pydantic's JSON schema, reduced to what Gemini takes: no references, no extras, no null, string enums only."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

_KEPT = ("type", "description", "minimum", "maximum", "minItems", "maxItems")
_DEEP = 12
"""Levels after which a schema that contains itself is cut off."""


def plain(schema: Mapping[str, Any]) -> Json:
    """The same shape in the subset. What is optional may be left out, so nothing has to be null."""
    return _plain(schema, schema.get("$defs", {}), _DEEP)


def _plain(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int) -> Json:
    schema = _resolved(schema, definitions)
    made: Json = {key: schema[key] for key in _KEPT if key in schema}
    if isinstance(kind := schema.get("type"), list):
        made["type"] = next((one for one in kind if one != "null"), "string")
    if "exclusiveMinimum" in schema and schema.get("type") == "integer":
        made["minimum"] = schema["exclusiveMinimum"] + 1
    if values := schema.get("enum", [schema["const"]] if "const" in schema else []):
        made |= _chosen(values, made)
    if depth == 0:
        return made
    if "properties" in schema:
        made["properties"] = {name: _plain(part, definitions, depth - 1) for name, part in schema["properties"].items()}
        if required := schema.get("required"):
            made["required"] = list(required)
    if "items" in schema:
        made["items"] = _plain(schema["items"], definitions, depth - 1)
    if choices := schema.get("anyOf"):
        made["anyOf"] = [_plain(one, definitions, depth - 1) for one in choices]
    return made


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Json:
    """Without a reference, and without a choice where only one is left once null is gone."""
    found = dict(schema)
    while (name := found.pop("$ref", None)) is not None:
        found = {**definitions[name.rsplit("/", 1)[-1]], **found}
    choices = found.pop("anyOf", None) or found.pop("oneOf", None) or found.pop("allOf", None)
    if choices:
        choices = [one for one in choices if one.get("type") != "null"]
        if len(choices) == 1:
            return _resolved({**choices[0], **found}, definitions)
        found["anyOf"] = choices
    return found


def _chosen(values: list[Any], made: Json) -> Json:
    """An enum of strings; other values are only told, since nothing else may stand in an enum."""
    if all(isinstance(value, str) for value in values):
        return {"type": "string", "enum": values}
    told = f"One of {', '.join(str(value) for value in values if value is not None)}."
    return {"description": f"{made['description']} {told}" if "description" in made else told}
