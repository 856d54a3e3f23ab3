"""The models this process hears, speaks and remembers with: where each came from, and what exactly it is."""

import asyncio

from pydantic import BaseModel

from integrations.settings import Settings
from integrations.weights import Description, describe, needed
from integrations.weights.manifest import CHOICES, MODELS


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
    rows = {row.name: row for row in describe(settings)}
    found = []
    for wanted in needed(settings):
        known = [rows[name] for name in CHOICES.get(wanted, (wanted,)) if name in rows]
        if not known:  # a folder of one's own: whoever set it answers for it
            found.append(WeightsInUse(name="one's own", licence="unknown", source="one's own", files={}))
            continue
        found.append(_shown(next((row for row in known if row.path), known[0]), settings))
    return found


def _shown(row: Description, settings: Settings) -> WeightsInUse:
    if row.path is None:
        return WeightsInUse(name=row.name, licence=row.licence, source=None, files={}, say=row.problem)
    files = {file.name: file.sha256 for file in MODELS[row.name].files}
    source = "the weights folder" if row.path.is_relative_to(settings.weights) else row.sources[0]
    return WeightsInUse(name=row.name, licence=row.licence, source=source, files=files)
