"""Asking for background work by name."""
