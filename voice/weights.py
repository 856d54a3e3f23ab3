"""The models this process hears, speaks and remembers with: where each came from, and what exactly it is."""

import asyncio

from pydantic import BaseModel

from integrations.settings import Settings
from integrations.weights import describe
from integrations.weights.manifest import MODELS


class WeightsInUse(BaseModel):
    """One model. `files` are the SHA-256 each file was checked against; none: it isn't here, and `say` tells why."""

    name: str
    licence: str
    source: str | None
    files: dict[str, str]
    say: str | None = None


async def weights_in_use(settings: Settings) -> list[WeightsInUse]:
    """Those the settings call for."""
    return await asyncio.to_thread(_read, settings)


def _read(settings: Settings) -> list[WeightsInUse]:
    found = []
    for row in describe(settings):
        if not row.needed:
            continue
        model = MODELS[row.name]
        files = {file.name: file.sha256 for file in model.files} if row.path else {}
        inside = row.path is not None and row.path.is_relative_to(settings.weights)
        source = None if row.path is None else "the weights folder" if inside else row.sources[0]
        found.append(WeightsInUse(name=row.name, licence=row.licence, source=source, files=files, say=row.problem))
    return found
