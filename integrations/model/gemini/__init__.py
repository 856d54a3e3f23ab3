"""Gemini as a mind and as a reader of what others wrote, through google-genai.

client    the connection, and what every request shares: retries, deadlines, the model that answers
mind      one step of thinking, streamed
extract   a form filled in from untrusted text, without tools
contents  lines → contents: signatures, parallel calls and their order
schema    pydantic's JSON schema → the part of it Gemini takes
reading   a streamed answer → words and calls, and how it ended
refusals  Google's errors and finish reasons → ours
models    what differs from model to model
figures   what Prometheus is told
"""

from integrations.model.gemini.client import Gemini, Pace, open_gemini
from integrations.model.gemini.extract import GeminiExtractor
from integrations.model.gemini.mind import GeminiMind

__all__ = ["Gemini", "GeminiExtractor", "GeminiMind", "Pace", "open_gemini"]
