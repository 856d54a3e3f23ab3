"""What nobody asked for has nothing to send, invite, delete or decide with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jobs.catalogue  # noqa: F401, so that `JOBS` knows them all
from jobs.run import JOBS

ROOT = Path(__file__).parents[2]
HANDS = {"agent.assistant", "agent.thinking", "agent.deciding", "agent.tools", "agent.tools.email", "agent.tools.calendar", "agent.tools.memory", "agent.tools.changes", "agent.trust"}  # fmt: skip
"""Where outbound and destructive tools, and leave to use them, are to be had."""


def imports(path: Path) -> Iterator[str]:
    """Every module that a file of ours imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def names(path: Path) -> Iterator[str]:
    """Every attribute that it asks for."""
    yield from (node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute))


def test_no_job_can_reach_a_tool() -> None:
    """None imports a tool or the assistant, or asks services for either."""
    assert JOBS
    for path in sorted((ROOT / "jobs").glob("*.py")):
        assert not HANDS & set(imports(path)), path
        assert not {"assistant", "toolbox", "decide"} & set(names(path)), path


def test_every_job_is_done_without_a_hand() -> None:
    """There is one place where a job begins, and it is given services that only do what is private."""
    begun = [
        ast.unparse(node.args[0])
        for node in ast.walk(ast.parse((ROOT / "jobs" / "run.py").read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "work"
    ]
    assert begun == ["services.for_jobs"]
    for path in sorted((ROOT / "jobs").glob("*.py")):
        assert path.name == "run.py" or "jobs.run" not in set(imports(path)) or "JOBS[" not in path.read_text(), path
