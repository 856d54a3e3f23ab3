"""Model weights: what exists, what is needed, where it lies, how it is brought and checked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from integrations.errors import Unavailable
from integrations.settings import Settings
from integrations.weights.fetch import Progress, fetch
from integrations.weights.locate import WrongWeights, locate
from integrations.weights.manifest import CHOICES, MODELS, Model
from integrations.weights.verdicts import State, Verdict, sha256

__all__ = [
    "Description",
    "Progress",
    "Verdict",
    "WrongWeights",
    "default_whisper",
    "describe",
    "fetch",
    "locate",
    "needed",
    "verify",
    "voice_name",
    "whisper_name",
]


@dataclass(frozen=True, kw_only=True)
class Description:
    """One row of `chronus models`."""

    name: str
    purpose: str
    megabytes: float
    licence: str
    sources: tuple[str, ...]
    path: Path | None
    """Where it lies, verified; None when it isn't here."""
    problem: str | None
    """Why it isn't here, in one sentence."""
    needed: bool


def default_whisper(cpus: int | None = None) -> str:
    """The model that keeps up with speech here: the light one on two cores or fewer."""
    return "tiny.en" if (cpus or os.cpu_count() or 1) <= 2 else "base"


def whisper_name(settings: Settings) -> str:
    """The name (or path of one's own) of the recognition model."""
    chosen = settings.speech.whisper_model
    if chosen != "auto":
        return chosen
    return default_whisper() if settings.speech.language.startswith("en") else "base"


def voice_name(settings: Settings) -> str:
    """The name (or path of one's own) of the voice; `voice` means whichever can be had."""
    chosen = settings.speech
    return "voice" if chosen.voice == "auto" or chosen.google_voice else chosen.voice


def needed(settings: Settings) -> tuple[str, ...]:
    """What these settings call for: names to hand to `fetch`."""
    names = ["silero", "turn", "minilm"]
    if settings.speech.recognizer in {"auto", "whisper"}:
        names.append(whisper_name(settings))
    if settings.speech.synthesizer in {"auto", "piper"}:
        names.append(voice_name(settings))
    return tuple(names)


def describe(settings: Settings) -> list[Description]:
    """Everything the manifest knows, with terms, sources and what lies here."""
    wanted = set(needed(settings))
    wanted |= {_chosen(name, settings.weights) for name in wanted & CHOICES.keys()}
    return [_describe(name, settings.weights, name in wanted) for name in MODELS]


def _chosen(choice: str, folder: Path) -> str:
    """Which of a choice serves here: the first that lies here, else the one to fetch first."""
    for name in CHOICES[choice]:
        try:
            locate(name, folder=folder)
        except Unavailable:
            continue
        return name
    return CHOICES[choice][0]


def _describe(name: str, folder: Path, wanted: bool) -> Description:
    model, path, problem = MODELS[name], None, None
    try:
        path = locate(name, folder=folder)
    except Unavailable as error:
        problem = error.say
    return Description(
        name=name,
        purpose=model.purpose,
        megabytes=round(model.size / 1e6, 1),
        licence=model.licence,
        sources=tuple(str(source) for source in model.sources),
        path=path,
        problem=problem,
        needed=wanted,
    )


def verify(folder: Path, *, models: Mapping[str, Model] = MODELS) -> list[Verdict]:
    """Read every file of every model that lies in the folder again, trusting no earlier verdict."""
    return [
        Verdict(model=model.name, file=file.name, path=path, state=_state(path, file.size, file.sha256))
        for model in models.values()
        if (folder / model.name).is_dir()
        for file in model.files
        for path in [folder / model.name / file.name]
    ]


def _state(path: Path, size: int, wanted: str) -> State:
    if not path.is_file():
        return "missing"
    return "good" if path.stat().st_size == size and sha256(path) == wanted else "wrong"
