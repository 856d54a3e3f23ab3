"""Google's discovery documents as referee: which requests there are, and what may stand in them and in their answers."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
}
FORMATS = {
    "date": r"\d{4}-\d\d-\d\d",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "int64": r"-?\d+",
    "uint64": r"\d+",
    "byte": r"[A-Za-z0-9_=+/-]*",
}


class Wrong(Exception):
    """It isn't as the discovery document says."""


@dataclass(frozen=True)
class Method:
    """One thing that can be asked of an API."""

    id: str
    verb: str
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    parameters: Mapping[str, Any]
    scopes: frozenset[str]
    request: str | None
    response: str | None

    def path(self, found: re.Match[str]) -> dict[str, str]:
        """The parameters that stand in the path."""
        return {name: unquote(value) for name, value in zip(self.names, found.groups(), strict=True)}


class Api:
    """One discovery document, as google-api-python-client ships it."""

    def __init__(self, name: str, version: str) -> None:
        folder = files("googleapiclient") / "discovery_cache" / "documents"
        self.document = json.loads((folder / f"{name}.{version}.json").read_text())
        self.methods = list(self._methods(self.document))

    def find(self, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method that is meant; `path` as on the wire, without query."""
        for method in self.methods:
            if method.verb == verb and (found := method.pattern.fullmatch(path)):
                return method, method.path(found)
        return None

    def check_query(self, method: Method, query: Mapping[str, list[str]]) -> None:
        """Raises `Wrong` for a parameter that there is none of, comes twice, or has an impossible value."""
        for name, values in query.items():
            known = method.parameters.get(name) or self.document["parameters"].get(name)
            if known is None:
                raise Wrong(f"unknown name {name!r} in the query of {method.id}")
            if len(values) > 1 and not known.get("repeated"):
                raise Wrong(f"{name} comes {len(values)} times")
            for value in values:
                _check_text(known, value, name)

    def check(self, schema: str, value: Any, *, answer: bool = False) -> None:
        """Raises `Wrong` for a body that isn't of the schema."""
        self._check(self.document["schemas"][schema], value, schema, answer)

    def _check(self, schema: Mapping[str, Any], value: Any, where: str, answer: bool) -> None:
        if "$ref" in schema:
            return self._check(self.document["schemas"][schema["$ref"]], value, where, answer)
        kind = schema.get("type", "any")
        if kind == "any" or (value is None and not answer):  # null takes a field away
            return None
        checked: Any = value
        if not isinstance(value, KINDS[kind]) or (kind in {"integer", "number"} and isinstance(value, bool)):
            raise Wrong(f"{where} should be {kind}, not {value!r}")
        if kind == "object":
            return self._check_object(schema, checked, where, answer)
        if kind == "array":
            for number, item in enumerate(checked):
                self._check(schema["items"], item, f"{where}[{number}]", answer)
            return None
        return _check_text(schema, str(value) if kind != "boolean" else str(value).lower(), where)

    def _check_object(self, schema: Mapping[str, Any], value: dict[str, Any], where: str, answer: bool) -> None:
        known, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for name, part in value.items():
            inner = known.get(name, rest)
            if inner is None:
                raise Wrong(f"unknown name {name!r} in {where}")
            self._check(inner, part, f"{where}.{name}", answer)

    def _methods(self, part: Mapping[str, Any]) -> Iterator[Method]:
        for method in part.get("methods", {}).values():
            path = self.document["servicePath"] + method["path"]
            names = tuple(re.findall(r"\{\+?(\w+)\}", path))
            pattern = re.sub(r"\\\{\\?\+?\w+\\\}", "([^/]+)", re.escape(path))
            yield Method(
                id=method["id"],
                verb=method["httpMethod"],
                pattern=re.compile(f"/{pattern}"),
                names=names,
                parameters=method.get("parameters", {}),
                scopes=frozenset(method.get("scopes", [])),
                request=method.get("request", {}).get("$ref"),
                response=method.get("response", {}).get("$ref"),
            )
        for resource in part.get("resources", {}).values():
            yield from self._methods(resource)


def _check_text(known: Mapping[str, Any], value: str, where: str) -> None:
    kind = known.get("type")
    if "enum" in known and value not in known["enum"]:
        raise Wrong(f"{where} can't be {value!r}")
    if kind == "boolean" and value not in {"true", "false"}:
        raise Wrong(f"{where} should be true or false, not {value!r}")
    if kind == "integer" and not re.fullmatch(r"-?\d+", value):
        raise Wrong(f"{where} should be a whole number, not {value!r}")
    shape = FORMATS.get(known.get("format", "")) if kind == "string" else None
    if shape and not re.fullmatch(shape, value):
        raise Wrong(f"{where} should be a {known['format']}, not {value!r}")


@cache
def api(name: str, version: str) -> Api:
    """Read once."""
    return Api(name, version)
