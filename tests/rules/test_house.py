"""Rules of the house that a linter doesn't know."""

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("voice", "agent", "integrations", "jobs")
BROAD = {"voice/problems.py", "agent/tools/base.py", "jobs/run.py", "voice/pipeline/brain.py"}


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from (p for p in (ROOT / room).rglob("*.py") if "node_modules" not in p.parts)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_arrows_between_the_rooms_hold() -> None:
    """import-linter finds no forbidden import."""
    lint = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout


def test_every_module_opens_with_one_sentence() -> None:
    """A reader learns from the first line what a module is for."""
    without = [named(p) for p in modules() if not ast.get_docstring(ast.parse(p.read_text()))]

    assert without == []


def test_nothing_is_swallowed() -> None:
    """`except Exception` lives in four places only, a bare `except` nowhere."""
    broad = {
        named(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and not _raises_again(node)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }

    assert broad <= BROAD


def test_the_environment_is_read_in_one_place() -> None:
    """Only the settings look at environment variables."""
    reading = {named(p) for p in modules() if re.search(r"os\.environ\b(?!\s*,)|os\.getenv", p.read_text())}

    assert reading <= {
        "integrations/settings.py",
        "integrations/embedding/worker.py",
        "integrations/embedding/process.py",
    }


def test_the_library_google_ended_stays_out() -> None:
    """google-generativeai can't be imported: it drops what tool calls need and breaks the tree."""
    try:
        found = importlib.util.find_spec("google.generativeai")
    except ModuleNotFoundError:
        found = None

    assert found is None


@pytest.mark.parametrize(
    "setting", re.findall(r"^#? ?(CHRONUS_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
)
def test_every_setting_of_the_example_exists(setting: str) -> None:
    """.env.example names no setting that isn't read."""
    from integrations.settings import Settings

    first, *rest = setting.removeprefix("CHRONUS_").lower().split("__")
    assert first in Settings.model_fields
    if rest:
        part = Settings.model_fields[first].annotation
        assert rest[0] in part.model_fields  # type: ignore[union-attr]  # every nested group is a model


def test_every_setting_stands_in_the_example() -> None:
    """Someone who reads .env.example knows every setting."""
    from integrations.settings import Settings

    told = set(re.findall(r"^#? ?CHRONUS_(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    known = set()
    for name, field in Settings.model_fields.items():
        nested = getattr(field.annotation, "model_fields", None)
        known |= {f"{name}__{inner}".upper() for inner in nested} if nested else {name.upper()}

    assert told == known
