"""The kinds of arguments tools take, as minds see them."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field


def _text(given: str) -> str:
    """Without what no keeper can keep: what is asked about is what will stand there."""
    return given.replace("\x00", "").encode("utf-8", "ignore").decode()


def _line(given: str) -> str:
    """The same on one line."""
    broken = (" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in _text(given))
    return " ".join("".join(broken).split())


Text = AfterValidator(_text)
Line = AfterValidator(_line)
Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description="The person's own time words, unchanged, such as “tomorrow at 2pm” or “next week”.",
    ),
]
Which = Annotated[
    str, Field(min_length=1, max_length=300, description="The id a tool gave, or the person's words for it.")
]
Title = Annotated[str, Field(min_length=1, max_length=300), Line]
Note = Annotated[str, Field(max_length=5000), Text]
Minutes = Annotated[int, Field(gt=0, le=14 * 24 * 60, description="How long it lasts, only if they said so.")]
Called = Annotated[str, Field(max_length=300)]
"""What somebody or something is called; comparing more than that with everything there is would hold everybody up."""
People = Annotated[list[Called], Field(max_length=50, description="Names or addresses, as they were said.")]
