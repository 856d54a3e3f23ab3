"""The built-in mind: understands the everyday commands with no model and no network.

words       what was said, cleaned: fillers, contractions, slips of hearing
slips       what a recognizer makes of commands, and what was meant
patterns    a small language for the ways people say a thing
rules       phrases → intention; the one that accounts for the most words wins
agenda … talk   the rules, one module for each kind of wish
references  what "it" and "the second one" refer to; follow: sentences that continue the last one
finding     from what a thing is called to the one thing meant
telling     the words of the answer
mind        the loop
"""

from agent.commands.complete import complete
from agent.commands.mind import BuiltInMind

__all__ = ["BuiltInMind", "complete"]
