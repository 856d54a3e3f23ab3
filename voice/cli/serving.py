"""`chronus serve`, `demo` and `doctor`."""

import asyncio
import gc
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from integrations.errors import Invalid, Unavailable
from integrations.secret import signing_secret
from integrations.settings import Settings
from voice.cli.frame import AsJson, Data, WrongSettings, app, complaints, console, settings_of
from voice.cli.models import fetched

ONE_TRY = ("--retries", "1", "--timeout", "10")
"""For pip, where somebody waits for the server to start."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    data: Data = None,
) -> None:
    """Serve the page, the voice and the API."""
    _serve(settings_of(data), host, port)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
) -> None:
    """Serve with the sample day in a folder that is thrown away afterwards."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # told to go while starting, it still tidies up
    with tempfile.TemporaryDirectory(prefix="chronus-demo-") as folder:
        _serve(settings_of(Path(folder), demo=True), "127.0.0.1", port)


@app.command()
def doctor(data: Data = None, as_json: AsJson = False) -> None:
    """Say what works, what is missing and what to do about it. Exit code 1 when something needed is missing."""
    from voice.doctor import examine

    findings = asyncio.run(examine(settings_of(data)))
    if as_json:
        console.print_json(data=[finding.json for finding in findings])
    else:
        for finding in findings:
            mark = {"ok": "[green]works[/]", "note": "[yellow]note [/]", "bad": "[red]fails[/]"}[finding.state]
            console.print(f"{mark}  {finding.name}: {finding.say}", soft_wrap=True)
    raise typer.Exit(1 if any(finding.state == "bad" for finding in findings) else 0)


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
            fetched([name], settings.weights, ONE_TRY)
        except Unavailable as error:
            complaints.print(error.say, soft_wrap=True)


def _serve(settings: Settings, host: str, port: int) -> None:
    try:
        signing_secret(settings)  # what is wrong with the settings is said before anything is loaded or opened
        if settings.environment == "local":
            _bring_missing(settings)
        gc.disable()  # what is loaded now stays: to look through it for garbage takes a fifth of the start
        from jobs.embedded import beside, elsewhere
        from voice.server import serve as serve_it

        gc.freeze()
        gc.enable()
        os.umask(0o077)
        serve_it(settings, host, port, elsewhere if settings.celery.broker_url else beside)
    except Invalid as error:  # nobody has asked for anything yet but the settings
        raise WrongSettings(error.say) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unavailable(f"I can't use the folder {settings.data}: {why}.") from error
