"""Qdrant's REST wire as far as we speak it, on a real socket, over the embedded engine and the published models."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from qdrant_client import QdrantClient, models

from tests.emulators.serve import served


def qdrant(api_key: str | None = None) -> FastAPI:
    """A fresh, empty Qdrant. Its handlers run on the loop: the engine behind it bears one thread only."""
    app, engine = FastAPI(), QdrantClient(":memory:")

    def ok(result: Any) -> dict[str, Any]:
        return {"result": result, "status": "ok", "time": 0.0}

    def known(request: Request, name: str) -> None:
        if api_key and request.headers.get("api-key") != api_key:
            raise HTTPException(401)
        if not engine.collection_exists(name):
            raise HTTPException(404)

    @app.get("/collections/{name}/exists")
    async def exists(name: str, request: Request) -> dict[str, Any]:
        if api_key and request.headers.get("api-key") != api_key:
            raise HTTPException(401)
        return ok({"exists": engine.collection_exists(name)})

    @app.put("/collections/{name}")
    async def create(name: str, body: models.CreateCollection) -> dict[str, Any]:
        if engine.collection_exists(name):
            raise HTTPException(409)
        return ok(engine.create_collection(name, vectors_config=body.vectors))

    @app.delete("/collections/{name}")
    async def delete_collection(name: str) -> dict[str, Any]:
        return ok(engine.delete_collection(name))

    @app.put("/collections/{name}/index")
    async def index(name: str, request: Request, body: models.CreateFieldIndex) -> dict[str, Any]:
        known(request, name)
        return ok({"operation_id": 0, "status": "completed", "field": body.field_name})

    @app.put("/collections/{name}/points")
    async def upsert(name: str, request: Request, body: models.PointsList) -> dict[str, Any]:
        known(request, name)
        return ok(engine.upsert(name, body.points).model_dump())

    @app.post("/collections/{name}/points/query")
    async def query(name: str, request: Request, body: models.QueryRequest) -> dict[str, Any]:
        known(request, name)
        found = engine.query_points(name, body.query, query_filter=body.filter, limit=body.limit or 10)
        return ok(found.model_dump())

    @app.post("/collections/{name}/points/delete")
    async def delete(name: str, request: Request, body: models.FilterSelector) -> dict[str, Any]:
        known(request, name)
        return ok(engine.delete(name, body).model_dump())

    @app.post("/collections/{name}/points/count")
    async def count(name: str, request: Request, body: models.CountRequest) -> dict[str, Any]:
        known(request, name)
        return ok(engine.count(name, body.filter).model_dump())

    return app


@asynccontextmanager
async def served_qdrant(api_key: str | None = None) -> AsyncIterator[str]:
    """Serve it on a free port for as long as the block lasts; give its address."""
    async with served(qdrant(api_key)) as url:
        yield url
