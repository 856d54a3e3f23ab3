"""Said = done: what a mind says about the person's things is compared with receipts and tool rows before it is said.

Conscience                     one turn's: takes a mind's steps and gives them on, with what isn't so replaced
clauses  -> deeds, facts       one clause at a time: does it claim a change, or something about their day?
known    -> rows               what this turn and this thread have from tools: each row its words, hours, days and numbers
truths                         what is said instead
"""

from agent.claims.conscience import Conscience

__all__ = ["Conscience"]
