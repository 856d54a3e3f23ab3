"""`chronus`: serve, look after the machine, and be a caller. The only module that may see voice and jobs."""

import asyncio
import logging
import os
import re
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from loguru import logger as pipecat_log
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from integrations.errors import ChronusError, Invalid, Unavailable
from integrations.settings import Settings

app = typer.Typer(name="chronus", help="A voice assistant of your own.", no_args_is_help=True, add_completion=False)
models = typer.Typer(help="The model weights: list, fetch, verify.", invoke_without_command=True)
app.add_typer(models, name="models")

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)

Server = Annotated[str, typer.Option(envvar="CHRONUS_SERVER", help="Where Chronus runs.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data = Annotated[Path | None, typer.Option(help="The data folder.")]
HERE = "http://127.0.0.1:8000"
PATIENCE = 30.0
"""Seconds that an answer may take once the question is spoken."""
ONE_TRY = ("--retries", "1", "--timeout", "10")
"""For pip, where somebody waits for the server to start."""


def main() -> None:
    """Run a command; a refusal is one sentence and exit code 1."""
    pipecat_log.remove()  # its greeting belongs in no command's output
    logging.basicConfig(format="%(message)s", level=logging.ERROR)  # what goes wrong is told by the commands
    try:
        app()
    except ChronusError as error:
        complaints.print(error.say, soft_wrap=True)
        sys.exit(1)
    except WrongSettings as error:
        complaints.print(str(error), soft_wrap=True)
        sys.exit(2)


class WrongSettings(Exception):
    """Says which variable is wrong, and how."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    data: Data = None,
) -> None:
    """Serve the page, the voice and the API."""
    _serve(_settings(data), host, port)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
) -> None:
    """Serve with the sample day in a folder that is thrown away afterwards."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # told to go while starting, it still tidies up
    with tempfile.TemporaryDirectory(prefix="chronus-demo-") as folder:
        _serve(_settings(Path(folder), demo=True), "127.0.0.1", port)


@app.command()
def doctor(data: Data = None, as_json: AsJson = False) -> None:
    """Say what works, what is missing and what to do about it. Exit code 1 when something needed is missing."""
    from voice.doctor import examine

    findings = asyncio.run(examine(_settings(data)))
    if as_json:
        console.print_json(data=[finding.json for finding in findings])
    else:
        for finding in findings:
            mark = {"ok": "[green]works[/]", "note": "[yellow]note [/]", "bad": "[red]fails[/]"}[finding.state]
            console.print(f"{mark}  {finding.name}: {finding.say}", soft_wrap=True)
    raise typer.Exit(1 if any(finding.state == "bad" for finding in findings) else 0)


@models.callback()
def list_models(ctx: typer.Context) -> None:
    """What there is, its terms, where it comes from and whether it is here."""
    if ctx.invoked_subcommand:
        return
    from integrations.weights import describe

    table = Table("model", "for", "MB", "here", "licence", "from", box=None, pad_edge=False)
    for row in describe(_settings(None)):
        here = "yes" if row.path else "no" if row.needed else "-"
        table.add_row(row.name, row.purpose, f"{row.megabytes:.0f}", here, row.licence, ", ".join(row.sources))
    console.print(table)


@models.command("list")
def list_models_too() -> None:
    """The same as `chronus models`."""
    list_models(typer.Context(typer.main.get_command(models)))


@models.command()
def fetch(names: Annotated[list[str] | None, typer.Argument(help="Names; default: what the settings need.")] = None) -> None:  # fmt: skip
    """Bring the weights here and verify them."""
    from integrations import weights

    settings = _settings(None)
    for name, path in _fetch(names or list(weights.needed(settings)), settings.weights).items():
        console.print(f"{name}: {path}", soft_wrap=True)


def _fetch(wanted: list[str], folder: Path, pip: tuple[str, ...] = ()) -> dict[str, Path]:
    """Bring weights here, with a bar for each."""
    from integrations import weights

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=complaints, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def moved(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done, total=total)

        return weights.fetch(wanted, folder=folder, progress=moved, pip=pip)


@models.command()
def verify() -> None:
    """Read every weights file here again and compare its hash. Exit code 1 when one is wrong."""
    from integrations.weights import verify as verify_all

    verdicts = verify_all(_settings(None).weights)
    for verdict in verdicts:
        console.print(f"{verdict.state}  {verdict.path}", soft_wrap=True)
    raise typer.Exit(1 if any(verdict.state == "wrong" for verdict in verdicts) else 0)


@app.command()
def say(text: str, server: Server = HERE, as_json: AsJson = False) -> None:
    """Say something in text to a running server."""
    from voice.client import Client

    answer = asyncio.run(Client(server).say(text))
    if as_json:
        console.print_json(data=answer)
        return
    console.print(answer["reply"], soft_wrap=True)


@app.command()
def hear(
    question: Annotated[Path, typer.Argument(help="A WAV file with speech.")],
    out: Annotated[Path | None, typer.Option(help="Where to save the spoken reply (WAV).")] = None,
    server: Server = HERE,
    as_json: AsJson = False,
) -> None:
    """Speak a WAV file to a running server, as a browser would. Exit code 1 if nothing was heard or said."""
    from voice.client import Client

    seconds = _seconds_of_speech(question)
    _check_place(out)

    async def converse() -> Any:
        from voice.caller import call

        return await call(await Client(server).connect_voice(), question, out, timeout=seconds + PATIENCE)

    hearing = asyncio.run(converse())
    if as_json:
        found = {"heard": hearing.heard, "reply": hearing.reply, "v2v_ms": hearing.v2v_ms, "out": str(out) if out else None}  # fmt: skip
        console.print_json(data=found)
    else:
        console.print(f"[dim]you[/]      {hearing.heard or '(nothing was heard)'}", soft_wrap=True)
        console.print(f"[dim]Chronus[/]  {hearing.reply or '(nothing was said)'}", soft_wrap=True)
        if hearing.v2v_ms is not None:
            console.print(f"[dim]the answer began {hearing.v2v_ms:.0f} ms after you stopped[/]")
    raise typer.Exit(0 if hearing.heard and hearing.reply else 1)


def _seconds_of_speech(path: Path) -> float:
    """How long the file speaks; what can't be heard is refused before anybody is called."""
    from voice.caller import RATE, audible, read_sound

    if not path.is_file():
        raise Invalid(f"There is no file {path}.")
    sound = read_sound(path)
    if not audible(sound):
        raise Invalid(f"There is nothing to be heard in {path}.")
    return len(sound) / RATE


def _check_place(out: Path | None) -> None:
    if out and (out.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK)):
        raise Invalid(f"I can't save the reply as {out}.")


def _settings(data: Path | None, **more: Any) -> Settings:
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


def _bring_missing(settings: Settings) -> None:
    """At home, fetch what is missing before serving; what can't be had is told, and typing works without it."""
    from integrations import weights

    missing = []
    for name in weights.needed(settings):
        try:
            weights.locate(name, folder=settings.weights)
        except Unavailable:
            missing.append(name)
    for name in missing:
        try:
            _fetch([name], settings.weights, ONE_TRY)
        except Unavailable as error:
            complaints.print(error.say, soft_wrap=True)


def _serve(settings: Settings, host: str, port: int) -> None:
    if settings.environment == "local":
        _bring_missing(settings)
    from voice.server import serve as serve_it

    os.umask(0o077)
    try:
        serve_it(settings, host, port)
    except Invalid as error:  # nobody has asked for anything yet but the settings
        raise WrongSettings(error.say) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unavailable(f"I can't use the folder {settings.data}: {why}.") from error


if __name__ == "__main__":
    main()
