"""The built-in mind, part by part."""
