"""What all commands share: the tree they hang on, where they print, their options, and the settings."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from integrations.settings import Settings

app = typer.Typer(name="chronus", help="A voice assistant of your own.", no_args_is_help=True, add_completion=False)
models = typer.Typer(help="The model weights: list, fetch, verify.", invoke_without_command=True)
app.add_typer(models, name="models")
keys = typer.Typer(help="The keys of what is encrypted in the database.", no_args_is_help=True)
app.add_typer(keys, name="keys")
phone = typer.Typer(help="The telephone: who calls from where.", no_args_is_help=True)
app.add_typer(phone, name="phone")
jobs = typer.Typer(help="What happens unasked: list, try again.", invoke_without_command=True)
app.add_typer(jobs, name="jobs")
memory = typer.Typer(help="What is remembered: list, rebuild.", invoke_without_command=True)
app.add_typer(memory, name="memory")

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)

Server = Annotated[str, typer.Option(envvar="CHRONUS_SERVER", help="Where Chronus runs.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data = Annotated[Path | None, typer.Option(help="The data folder.")]
HERE = "http://127.0.0.1:8000"


class WrongSettings(Exception):
    """Says which variable is wrong, and how."""


def settings_of(data: Path | None, **more: Any) -> Settings:
    """Those of this machine, in this data folder. Raises `WrongSettings`."""
    if data:
        more["data"] = data.expanduser().resolve()
    try:
        return Settings(**more)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=False)
        raise WrongSettings("\n".join(map(_told, mistakes))) from error
    except SettingsError as error:
        names = [name.upper() for name in re.findall(r'field "(\w+)"', str(error))]
        name = f"CHRONUS_{names[0]}" if names else "The settings"
        raise WrongSettings(f"{name}: that is not JSON, which a list or a group has to be.") from error


def _told(mistake: Mapping[str, Any]) -> str:
    name = "__".join(str(part) for part in mistake["loc"]).upper()
    return f"CHRONUS_{name}: {mistake['msg'].removeprefix('Value error, ')}."
