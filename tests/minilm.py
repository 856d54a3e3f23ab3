"""The real embedding weights, for tests that need them: located, fetched once, or skipped with the reason."""

import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from integrations.errors import Unavailable
from integrations.weights import fetch


@pytest.fixture(scope="session")
def minilm() -> Path:
    """The verified folder of the model."""
    folder = Path(os.environ.get("CHRONUS_WEIGHTS") or user_cache_path("chronus"))
    try:
        return fetch(["minilm"], folder=folder)["minilm"]
    except Unavailable as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(missing.say)
