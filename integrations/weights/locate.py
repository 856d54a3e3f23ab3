"""Where a model lies on this machine; never asks the network, never gives an unverified file."""

import importlib.util
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from integrations.errors import Unavailable
from integrations.weights.manifest import CHOICES, MODELS, Hub, Model, Package
from integrations.weights.verdicts import Verdicts

log = logging.getLogger(__name__)


class WrongWeights(Unavailable):
    """A weights file is not the one it should be; it is never loaded."""

    code, say = "wrong_weights", "A weights file is damaged. Run `chronus models fetch`."


def locate(name: str, *, folder: Path, models: Mapping[str, Model] = MODELS) -> Path:
    """The verified file or folder of a model: by its name, a choice (`voice`), or a path of one's own.

    A path of one's own is taken as it is: whoever sets it answers for it.
    """
    if name in CHOICES:
        return _first(name, folder, models)
    if name not in models:
        return _own(name)
    model, verdicts, wrong = models[name], Verdicts(folder), list[Path]()
    for root in roots(model, folder):
        bad = [root / f.name for f in model.files if verdicts.judge(f, root / f.name) == "wrong"]
        wrong += bad
        for path in bad:
            log.warning("%s is not the file of %s it should be; it is not loaded", path, name)
        if not bad and all(verdicts.judge(f, root / f.name) == "good" for f in model.files):
            return root / model.entry if model.entry else root
    if wrong:
        raise WrongWeights(f"The file {wrong[0].name} of {name} is damaged. Run `chronus models fetch {name}`.")
    raise Unavailable(f"The weights of {name} aren't here yet. Run `chronus models fetch {name}`.")


def roots(model: Model, folder: Path) -> Iterator[Path]:
    """Every folder on this machine where the model may lie: ours, the hub's cache, an installed package."""
    yield folder / model.name
    for source in model.sources:
        if isinstance(source, Hub) and (root := _hub_cache(source, model)):
            yield root
        if isinstance(source, Package) and (spec := importlib.util.find_spec(source.package)):
            yield from (Path(place) / source.folder for place in spec.submodule_search_locations or ())


def _hub_cache(hub: Hub, model: Model) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    name = model.files[0].name
    found = try_to_load_from_cache(hub.repository, hub.prefix + name, revision=hub.revision)
    return Path(found).parents[len(PurePosixPath(name).parts) - 1] if isinstance(found, str) else None


def _first(choice: str, folder: Path, models: Mapping[str, Model]) -> Path:
    for name in CHOICES[choice]:
        try:
            return locate(name, folder=folder, models=models)
        except Unavailable as error:
            log.debug("%s: %s", name, error)
    raise Unavailable(f"No {choice} is here yet. Run `chronus models fetch {choice}`.")


def _own(name: str) -> Path:
    path = Path(name).expanduser()
    if not path.exists():
        known = ", ".join([*MODELS, *CHOICES])
        raise Unavailable(f"There are no weights called {name}: it is neither a path nor one of {known}.")
    log.info("weights of one's own, not verified: %s", path)
    return path
