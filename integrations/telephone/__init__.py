"""The telephone, whoever provides it."""
