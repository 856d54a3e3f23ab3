"""Something sensible to do in the free hours: offered with its reason, accepted or declined, never pressed.

slots      where there is truly room
lengths    how long a task takes
wishes     what was said about better and worse hours, and what is done on which days
life       a person's next days, and what may be proposed for them
matching   what is laid where; pure
wording    the sentences
making     those that stand, kept up to date · telling: one of them, unasked
deciding   yes and no
"""

from agent.suggestions.deciding import accept, dismiss, meant
from agent.suggestions.making import life, one_for_today, refresh, show
from agent.suggestions.wording import SHALL_I
from integrations.store.suggestions import Suggestion

__all__ = ["SHALL_I", "Suggestion", "accept", "dismiss", "life", "meant", "one_for_today", "refresh", "show"]
