"""All cases without a fault: which don't hold? `python -m tests.mutants.holds --kept FOLDER`, a minute and a half."""

import argparse
from pathlib import Path

from tests.mutants.cases import every_case

asked = argparse.ArgumentParser()
asked.add_argument("--kept", type=Path)
every = every_case(asked.parse_args().kept, units=False)
broken = [name for name, holds in every if not holds()]
print(f"{len(broken)} of {len(every)} cases don't hold:", *sorted(broken), sep="\n  ")
