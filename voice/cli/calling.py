"""`chronus say`, `hear`, `call` and `sync`: being somebody who talks to a running server."""

import asyncio
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from integrations.errors import Invalid
from voice.cli.frame import HERE, AsJson, Server, app, complaints, console, settings_of

PATIENCE = 30.0
"""Seconds that an answer may take once the question is spoken."""


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

    _tell(asyncio.run(converse()), out, as_json=as_json)


@app.command()
def sync(server: Server = HERE) -> None:
    """Have a running server read your Google account now, and see how far it is."""
    from voice.client import Client
    from voice.reading import read_now

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=complaints, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def read(kind: str, done: int, total: int | None) -> None:
            if kind not in tasks:
                tasks[kind] = bars.add_task(kind, total=total)
            bars.update(tasks[kind], completed=done, total=total)

        standing = asyncio.run(read_now(Client(server), read))
    for kind, say in standing:
        console.print(f"{kind}: {say}", soft_wrap=True)


@app.command("call")
def call_by_telephone(
    question: Annotated[Path, typer.Argument(help="A WAV file with speech.")],
    pin: Annotated[str, typer.Option(help="What is entered on the keypad.")],
    out: Annotated[Path | None, typer.Option(help="Where to save the spoken reply (WAV, 8 kHz).")] = None,
    caller: Annotated[
        str | None, typer.Option("--from", help="The number that is shown; default: the owner's.")
    ] = None,
    loss: Annotated[float, typer.Option(min=0, max=100, help="Percent of the sound that gets lost.")] = 0,
    jitter: Annotated[float, typer.Option(min=0, max=1000, help="Milliseconds that a piece of it may be late.")] = 0,
    provider: Annotated[
        str | None, typer.Option(help="As twilio, telnyx or plivo; default: the one of the settings.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="For telnyx: a file with the private half of its public key, in base64.")
    ] = None,
    server: Server = HERE,
    as_json: AsJson = False,
) -> None:
    """Call a running server by telephone, as a provider would. Exit code 1 if nothing was heard or said."""
    from voice.phone_caller import Rough
    from voice.telephoning import telephone

    seconds = _seconds_of_speech(question)
    _check_place(out)
    rough = Rough(loss=loss / 100, jitter=jitter / 1000)
    timeout = seconds + 3 * PATIENCE
    if provider not in (None, "twilio", "telnyx", "plivo"):
        raise Invalid("A call comes by twilio, telnyx or plivo.")
    if key and not key.is_file():
        raise Invalid(f"There is no file {key}.")
    calling = telephone(
        settings_of(None), server, question, pin=pin, caller=caller, out=out, rough=rough, timeout=timeout,
        provider=provider, key=key.read_text().strip() if key else None,
    )  # fmt: skip
    _tell(asyncio.run(calling), out, as_json=as_json)


def _tell(hearing: Any, out: Path | None, *, as_json: bool) -> None:
    """What came of a spoken question; then the command is over."""
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
