"""Small faults put into `agent/claims`, one at a time, and which of them its tests notice. `python -m tests.mutants --help`."""
