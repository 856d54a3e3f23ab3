"""The kinds of arguments tools take, as minds see them."""

from typing import Annotated

from pydantic import Field

Words = Annotated[str, Field(min_length=1, max_length=300, description="The person's own time words, unchanged.")]
Which = Annotated[str, Field(min_length=1, max_length=300, description="An id from an earlier answer, or their words.")]
Title = Annotated[str, Field(min_length=1, max_length=300)]
Note = Annotated[str, Field(max_length=5000)]
Minutes = Annotated[int, Field(gt=0, le=14 * 24 * 60, description="How long it lasts.")]
People = Annotated[list[str], Field(max_length=50, description="Names or addresses.")]
