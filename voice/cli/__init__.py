"""`chronus`: serve, look after the machine, and be a caller. The only room that may see voice and jobs."""

import logging
import sys

from loguru import logger as pipecat_log

from integrations.errors import ChronusError
from voice.cli import calling, keeping, models, serving
from voice.cli.frame import WrongSettings, app, complaints

__all__ = ["app", "calling", "keeping", "main", "models", "serving"]


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
