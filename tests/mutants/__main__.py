"""Faults put into `agent/claims`, one at a time: which of them does no test notice?

A mutant is first tried beside its function, in the midst of a case: only where it gives something else is the case run again with it in the
function's place. So all of them are tried in the time that a sample of a few hundred took otherwise. The mutants are mutmut's.
"""

import argparse
import difflib
import importlib
import importlib.abc
import importlib.machinery
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.mutants.trampoline import Endless, desk, mutated, patience

ROOT = Path(__file__).parent.parent.parent
PACKAGE = "agent.claims"
STATEFUL = {"conscience", "clauses", "truths"}
"""Their functions change what they are given, so nobody knows beforehand in which cases a mutant differs."""
BLIND = 10
"""So many times as many cases are run with a mutant of theirs."""
IMPORT = "from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict"


@dataclass(frozen=True)
class Mutants:
    """Those of one module."""

    code: str
    names: list[str]
    spans: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, path: Path) -> "Mutants":
        """Made by mutmut, which knows what is worth changing."""
        mutation: Any = importlib.import_module("mutmut.mutation.file_mutation")
        made = mutation.mutate_file_contents(str(path.relative_to(ROOT)), path.read_text())
        spans = {name: (span.start, span.end) for name, span in made.line_span_by_function_name.items()}
        return cls(made.code, list(made.mutant_names), spans)

    def diff(self, name: str) -> str:
        """The line that was changed, before and after."""
        lines = self.code.splitlines()

        def body(one: str) -> list[str]:
            start, end = self.spans[one]
            return [line.replace(one, original) for line in lines[start:end]]

        original = name[: name.rindex("__mutmut_")] + "__mutmut_orig"
        changes = difflib.unified_diff(body(original), body(name), n=0, lineterm="")
        return "\n".join(line for line in changes if not line.startswith(("---", "+++", "@@")))


class _Loader(importlib.machinery.SourceFileLoader):
    """A module with its mutants in it."""

    def __init__(self, fullname: str, path: str, mutants: Mutants) -> None:
        super().__init__(fullname, path)
        self._mutants = mutants

    def get_code(self, fullname: str) -> CodeType:
        """Never from a cache."""
        return compile(self._mutants.code.replace(IMPORT, ""), self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        """With the trampoline the functions are wrapped in."""
        short = module.__name__.rpartition(".")[2]
        vars(module)["MutantDict"] = dict
        vars(module)["_mutmut_mutated"] = lambda mutants, is_classmethod=False: mutated(
            mutants, short, of_class=is_classmethod, stateful=short in STATEFUL
        )
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, made: dict[str, Mutants]) -> None:
        self._made = made

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        package, _, short = fullname.rpartition(".")
        if package != PACKAGE or short not in self._made:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec and spec.origin:
            spec.loader = _Loader(fullname, spec.origin, self._made[short])
        return spec


def main() -> None:
    """As the help says."""
    given = _asked()
    modules = given.modules or sorted(path.stem for path in (ROOT / "agent/claims").glob("[!_]*.py"))
    made = {one: Mutants.of(ROOT / f"agent/claims/{one}.py") for one in modules}
    sys.meta_path.insert(0, _Finder(made))
    cases: Any = importlib.import_module("tests.mutants.cases")  # after the finder: it imports what is mutated
    if given.again:
        before = {(one["function"], one["diff"]) for one in map(json.loads, given.again.read_text().splitlines())}
        desk.tried = {f"{module}:{name}" for module, one in made.items() for name in one.names if (_function(module, name), one.diff(name)) in before}  # fmt: skip
    if given.sample:
        whole = sorted(desk.tried or (f"{module}:{name}" for module, one in made.items() for name in one.names))
        desk.tried = {*random.Random(given.seed).sample(whole, min(given.sample, len(whole)))}
    began, trial = time.monotonic(), Trial(given.most)
    every = cases.every_case(given.kept, units=given.units)
    for at, (name, case) in enumerate(every):
        trial.of(name, case)
        if at % 500 == 0:
            told = f"{at} of {len(every)} cases, {len(trial.killed)} caught, {time.monotonic() - began:.0f} s"
            print(told, file=sys.stderr)
    print(f"{len(trial.broken)} of {len(every)} cases don't hold without a fault:", *trial.broken, sep="\n  ")
    _report(made, trial.killed, trial.tried, given.survivors)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    asked.add_argument("modules", nargs="*", help="of agent/claims, without .py; all of them when none is named")
    asked.add_argument("--kept", type=Path, help="a folder that keeps the scenes' prompts from run to run")
    asked.add_argument("--survivors", type=Path, help="a file for those that no test noticed, one a line")
    asked.add_argument(
        "--again", type=Path, help="such a file: only its mutants are tried, found again by what they change"
    )
    asked.add_argument(
        "--units", action="store_true", help="only the unit tests, without the answers and the sentences"
    )
    asked.add_argument("--sample", type=int, help="only so many of them, drawn by chance")
    asked.add_argument("--seed", type=int, default=6, help="of that chance")
    asked.add_argument("--most", type=int, default=40, help="so many cases in which a mutant differs are run with it")
    return asked.parse_args()


class Trial:
    """Case by case: which mutants are caught."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.killed: dict[str, str] = {}
        """By which case."""
        self.tried: Counter[str] = Counter()
        """In so many cases each was run."""
        self.broken: list[str] = []
        """Cases that don't hold without a fault: an answer that is known to be touched; the suite counts them."""
        self._done: set[str] = set()
        modules = [module for name, module in sys.modules.items() if name.startswith("agent.")]
        found = {id(one): one for module in modules for one in vars(module).values() if hasattr(one, "cache_clear")}
        self._caches = [*found.values()]

    def of(self, name: str, case: Callable[[], bool]) -> None:
        """Once as it is, with the mutants tried beside their functions; then with each that gave something else."""
        desk.watching, desk.differing = True, set()
        self._forget()
        holds = case()
        desk.watching = False
        if not holds:
            self.broken.append(name)
            return
        for mutant in desk.differing - self._done:
            self.tried[mutant] += 1
            if not self._holds(mutant, case):
                self.killed[mutant] = name
            most = self._most * (BLIND if mutant.partition(":")[0] in STATEFUL else 1)
            if mutant in self.killed or self.tried[mutant] >= most:
                self._done.add(mutant)
                desk.drop(mutant)

    def _holds(self, mutant: str, case: Callable[[], bool]) -> bool:
        self._forget()
        desk.active = mutant
        try:
            with patience():
                return case()
        except (Exception, Endless):  # noqa: BLE001 (whatever a mutant breaks, it is noticed)
            return False
        finally:
            desk.active = ""

    def _forget(self) -> None:
        for one in self._caches:
            one.cache_clear()


def _function(module: str, mutant: str) -> str:
    """What it was made of."""
    return f"{module}:{mutant[: mutant.rindex('__mutmut_')]}"


def _report(made: dict[str, Mutants], killed: dict[str, str], tried: Counter[str], file: Path | None) -> None:
    """How many of each module were caught, and which weren't; of `--again` only those that were tried."""
    survivors = []
    if desk.tried is not None:
        made = {module: replace(one, names=[name for name in one.names if f"{module}:{name}" in desk.tried]) for module, one in made.items()}  # fmt: skip
    for module, mutants in made.items():
        left = [name for name in mutants.names if f"{module}:{name}" not in killed]
        print(f"{module:16} {len(mutants.names) - len(left):5} of {len(mutants.names):5}")
        survivors += [{"function": _function(module, name), "mutant": name, "differed": tried[f"{module}:{name}"], "diff": mutants.diff(name)} for name in left]  # fmt: skip
    total = sum(len(one.names) for one in made.values())
    print(f"{len(killed)} of {total} caught: {100 * len(killed) / max(total, 1):.1f} %")
    if file:
        file.write_text("".join(f"{json.dumps(one)}\n" for one in survivors))


main()
