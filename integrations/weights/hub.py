"""Files from the model hub, at a pinned revision; asked at most once a run when it can't be reached."""

import functools
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from integrations.weights.manifest import File, Hub

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds to wait for a first sign of the hub."""


class SourceFailed(Exception):
    """One source could not give the files; the next one is tried."""


@functools.cache
def reachable(patience: float = PATIENCE) -> bool:
    """Whether the hub answers. Asked in a thread of its own, for a name lookup knows no timeout."""
    from huggingface_hub import constants, get_session

    if constants.HF_HUB_OFFLINE:
        return False
    answer: queue.Queue[bool] = queue.Queue()

    def ask() -> None:
        import httpx2

        try:
            answer.put(get_session().head(constants.ENDPOINT, timeout=patience).status_code < 400)
        except (httpx2.HTTPError, OSError) as error:
            log.debug("the hub can't be reached: %s", error)
            answer.put(False)

    threading.Thread(target=ask, name="hub-probe", daemon=True).start()
    try:
        return answer.get(timeout=patience + 0.5)
    except queue.Empty:
        return False


def download(hub: Hub, files: Sequence[File], into: Path, done: Callable[[int], None]) -> None:
    """Put the files under `into`; an interrupted download goes on where it stopped."""
    if not reachable():
        raise SourceFailed("the model hub can't be reached")
    import httpx2  # what huggingface_hub speaks HTTP with, and whose errors it lets through
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    ready = 0
    for file in files:
        try:
            got = hf_hub_download(hub.repository, hub.prefix + file.name, revision=hub.revision, local_dir=into)
        except (HfHubHTTPError, LocalEntryNotFoundError, httpx2.HTTPError) as error:
            raise SourceFailed(f"the model hub did not give {file.name}: {error}") from error
        target = into / file.name
        if Path(got) != target:
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(got).replace(target)
        ready += file.size
        done(ready)
