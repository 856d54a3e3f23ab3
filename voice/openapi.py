"""OpenAPI as it really is: refusals are problems, and most of it wants a sign-in."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from voice.api.shapes import Problem
from voice.problems import PROBLEM

_OPEN = (
    "/v1/auth/local", "/v1/auth/refresh", "/v1/auth/ways", "/v1/auth/google/start", "/v1/auth/google/callback",
    "/health", "/health/ready", "/metrics",
)  # fmt: skip
_METHODS = ("get", "post", "put", "patch", "delete")


def describe(app: FastAPI) -> None:
    """Have the app describe itself truly at /openapi.json."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to do this


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title, version=app.version, routes=app.routes, summary="A voice assistant of your own."
    )
    components = found["components"]
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["schemas"]["Problem"] = Problem.model_json_schema()
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "chronus"},
    }
    refused = {
        "description": "A refusal.",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path, methods in found["paths"].items():
        for method in _METHODS:
            if operation := methods.get(method):
                operation["responses"].pop("422", None)
                operation["responses"] |= {"4XX": refused, "5XX": refused}
                operation["security"] = [] if path in _OPEN else [{"bearer": []}, {"cookie": []}]
    return found
