"""What answers: one brain for every channel."""
