"""What Chronus is run by on servers: the compose file, the image, the units. There is no Docker here to ask."""

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from integrations.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"migrations", "weights"}
SECRET = re.compile(r"(password|secret|api_key|auth)$|(_url|_auth)$", re.IGNORECASE)

services = pytest.mark.parametrize("name", SERVICES)


def known(setting: str) -> bool:
    """Whether our settings read this variable."""
    first, *rest = setting.removeprefix("CHRONUS_").lower().split("__")
    if first not in Settings.model_fields:
        return False
    return not rest or rest[0] in getattr(Settings.model_fields[first].annotation, "model_fields", {})


def stages() -> list[list[str]]:
    """The Dockerfile's instructions, stage by stage, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    begins = [n for n, line in enumerate(lines) if line.startswith("FROM ")]
    return [lines[one:following] for one, following in zip(begins, [*begins[1:], len(lines)], strict=True)]


def test_all_pieces_are_there() -> None:
    """Server, worker, timetable, the three stores, and who watches Celery."""
    assert {"app", "worker", "beat", "postgres", "redis", "qdrant", "flower"} <= SERVICES.keys()


@services
def test_every_image_is_pinned(name: str) -> None:
    """To a version: what was tried is what is started."""
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+(\.\d+)?([\w.-]*)", SERVICES[name]["image"])


@services
def test_nobody_is_root(name: str) -> None:
    """Not even in a container."""
    assert SERVICES[name]["user"] not in {"root", "0"}


@services
def test_every_service_says_whether_it_is_well(name: str) -> None:
    """But for those that do their work once and end."""
    check = SERVICES[name]["healthcheck"]

    assert check == {"disable": True} if name in ONCE else check["test"][0] in {"CMD", "CMD-SHELL"}


@services
def test_no_secret_stands_in_the_file(name: str) -> None:
    """They come from the environment; one that is missing stops the start with a sentence."""
    for variable, value in (SERVICES[name].get("environment") or {}).items():
        if SECRET.search(variable) and "qdrant:6333" not in value and variable != "CHRONUS_PUBLIC_URL":
            assert re.search(r"\$\{[A-Z_]+:\?", value), variable
            assert not re.search(r"://[^@/$]*:[^@/$]+@", value), variable


@services
def test_every_setting_exists(name: str) -> None:
    """A misspelt variable would be passed over in silence."""
    ours = [variable for variable in SERVICES[name].get("environment") or {} if variable.startswith("CHRONUS_")]

    assert [variable for variable in ours if not known(variable)] == []


@services
def test_only_this_machine_reaches_what_is_published(name: str) -> None:
    """A proxy with TLS stands in front of the server; the stores are nobody's but the containers'."""
    published = SERVICES[name].get("ports", [])

    assert all(str(port).startswith("127.0.0.1:") for port in published)
    assert published == [] or name in {"app", "flower"}


@services
def test_whoever_is_waited_for_exists(name: str) -> None:
    """And is well, or has ended well, by then; what is kept is kept in a volume that is declared."""
    for other, how in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if other in ONCE else "service_healthy"
        assert (other in SERVICES, how["condition"]) == (True, wanted)
    for volume in SERVICES[name].get("volumes", []):
        assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_the_queue_forgets_nothing() -> None:
    """A Redis that runs out of memory says so, instead of dropping messages."""
    assert "maxmemory-policy noeviction" in SERVICES["redis"]["command"][-1]


def test_what_the_compose_file_asks_for_is_said() -> None:
    """A newcomer finds in the documentation every variable that has to be set."""
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))

    assert wanted <= set(re.findall(r"[A-Z_]{5,}", (ROOT / "docs" / "running.md").read_text()))


def test_the_image_is_pinned_small_and_nobodys() -> None:
    """Every stage begins with a pinned image, the last one holds no compiler's leftovers and doesn't run as root."""
    images = re.findall(r"^(?:FROM|ARG PYTHON=)\s*([\w./-]+:[\w.-]+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) == 2
    assert all(re.search(r":\d+\.\d+\.\d+-", image) and "slim" in image for image in images)
    last = stages()[-1]
    users = [line for line in last if line.startswith("USER ")]
    assert users
    assert users[-1].split()[1] not in {"root", "0"}
    assert any(line.startswith("HEALTHCHECK ") for line in last)
    assert not any("pip install" in line for line in last)


def test_what_the_image_copies_is_there_and_let_through() -> None:
    """Every file that the Dockerfile names exists, and .dockerignore doesn't hold it back."""
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for stage in stages():
        for line in stage:
            if line.startswith("COPY ") and "--from" not in line:
                for source in line.split()[1:-1]:
                    assert (ROOT / source).exists(), source
                    assert source.strip("/").partition("/")[0] in let_through, source


def test_what_the_image_installs_holds_the_page_and_the_migrations(tmp_path: Path) -> None:
    """The Dockerfile's own commands, run here: the wheel is built, and put into an empty environment it has all that is served."""
    if not (ROOT / "voice/web/dist/index.html").is_file():
        pytest.skip("the page isn't built")
    copied = tmp_path / "chronus"
    for source in ("agent", "integrations", "jobs", "voice"):
        shutil.copytree(
            ROOT / source, copied / source, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "*.egg-info")
        )
    for source in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / source, copied)
    built = tmp_path / "wheels"
    # as in the image, but with the setuptools that is here, so that nothing is fetched
    run = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(built), "--no-build-isolation", "."]
    done = subprocess.run(run, cwd=copied, capture_output=True, text=True, check=False)
    if "No module named 'setuptools'" in done.stderr:
        pytest.skip("setuptools is not installed")
    assert done.returncode == 0, done.stderr
    (wheel,) = built.glob("chronus-*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "integrations/store/migrations").rglob("*.py")}
    page = {f"voice/web/dist/{path.relative_to(ROOT / 'voice/web/dist')}" for path in (ROOT / "voice/web/dist").rglob("*") if path.is_file()}  # fmt: skip
    assert here <= inside
    assert page <= inside
    assert not [name for name in inside if name.startswith(("tests/", "bench/")) or "node_modules" in name]

    venv.create(tmp_path / "environment", with_pip=False)
    python = tmp_path / "environment/bin/python"
    into = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True)  # fmt: skip
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel], capture_output=True, check=True)  # fmt: skip
    installed = Path(into.stdout.strip())
    assert (installed / "voice/web/dist/index.html").is_file()
    assert (tmp_path / "environment/bin/chronus").is_file()
    # what it needs is borrowed from here; the tables are made by what was installed
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    environment = os.environ | {"PYTHONPATH": f"{installed}:{borrowed}", "CHRONUS_DATA": str(tmp_path / "data")}
    migrated = subprocess.run([sys.executable, "-m", "integrations.store.migrations"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert migrated.returncode == 0, migrated.stderr
    assert (tmp_path / "data/chronus.db").stat().st_size > 0


@pytest.mark.parametrize("unit", ["chronus.service", "chronus-celery@.service"])
def test_the_units_run_as_nobody_in_particular(unit: str) -> None:
    """Under a user of their own, started again when they end, shut in, with settings that exist."""
    text = (ROOT / "deploy" / unit).read_text()

    assert "User=chronus" in text
    assert "Restart=always" in text
    assert "NoNewPrivileges=yes" in text
    assert [name for name in re.findall(r"\b(CHRONUS_[A-Z_]+)=", text) if not known(name)] == []
