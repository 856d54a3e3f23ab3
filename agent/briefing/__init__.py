"""The day, told once: written before it is asked for, steered while it is told, and never told twice.

`parts` look at the keepers, `script` is what is told and how far it was heard, `writing` keeps it for the day,
`telling` moves about in it, `hearing` notes what reached the person, `recording` makes its sound.
"""

import agent.tools  # noqa: F401, the tools tell briefings and briefings ask as tools do: in this order both can be loaded
