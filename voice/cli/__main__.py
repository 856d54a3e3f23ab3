"""`python -m voice.cli`."""

from voice.cli import main

main()
