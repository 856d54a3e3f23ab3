"""`chronus jobs`, `memory`, `keys` and `phone`: looking after what is kept."""

import asyncio
from typing import Annotated

import typer

from voice.cli.frame import AsJson, Data, complaints, console, jobs, keys, memory, phone, settings_of


@jobs.callback()
def list_jobs(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="What is done, too.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What is owed to whom, and what came of it: parked work with its reason first."""
    if ctx.invoked_subcommand:
        return
    from jobs.telling import list_debts, table

    found = asyncio.run(list_debts(settings_of(data), every=every))
    if as_json:
        console.print_json(data=found)
    else:
        console.print(table(found))


@jobs.command()
def retry(id: str, data: Data = None) -> None:
    """Give parked or failed work five more tries."""
    from jobs.telling import retry_debt

    asyncio.run(retry_debt(settings_of(data), id))
    console.print("It is tried again now.")


@memory.callback()
def list_memory(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="What something newer took the place of, too.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What is remembered, with where it comes from."""
    if ctx.invoked_subcommand:
        return
    from voice.remembering import list_memories, table

    found = asyncio.run(list_memories(settings_of(data), every=every))
    if as_json:
        console.print_json(data=found)
    else:
        console.print(table(found))


@memory.command("list")
def list_memory_too(
    every: Annotated[bool, typer.Option("--all", help="What something newer took the place of, too.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """The same as `chronus memory`."""
    list_memory(typer.Context(typer.main.get_command(memory)), every, data, as_json)


@memory.command()
def rebuild(data: Data = None) -> None:
    """Make the search by meaning anew from what is remembered, beside a running server or without one."""
    from voice.remembering import rebuild as make_anew

    console.print(asyncio.run(make_anew(settings_of(data))), soft_wrap=True)


@keys.command()
def rotate(data: Data = None) -> None:
    """Encrypt everything anew by a new key, while a server runs. Killed, it goes on when begun again."""
    from voice.rotating import rotate_keys

    told = asyncio.run(rotate_keys(settings_of(data), lambda done: complaints.print(f"{done} done", end="\r")))
    console.print(told, soft_wrap=True)


@keys.callback()
def _keys() -> None:
    """Keeps `rotate` a command of its own."""


@phone.command()
def number(
    number: Annotated[str, typer.Argument(help="With its country: +15551234567.")],
    pin: Annotated[str | None, typer.Option(help="Six to twelve digits; asked for when left out.")] = None,
    data: Data = None,
) -> None:
    """The owner calls from this number and shows this PIN."""
    from voice.owning import own_number

    chosen = pin or typer.prompt("PIN (6 to 12 digits)", hide_input=True, confirmation_prompt=True)
    kept = asyncio.run(own_number(settings_of(data), number, chosen))
    console.print(f"I know {kept} now, and ask for the PIN when it calls.", soft_wrap=True)


@phone.callback()
def _phone() -> None:
    """Keeps `number` a command of its own."""
