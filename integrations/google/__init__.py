"""Signed-in conversations with Google."""
