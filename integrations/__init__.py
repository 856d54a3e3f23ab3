"""The outside world, behind ports: a capability is a Protocol with its values, and one file per keeper."""
