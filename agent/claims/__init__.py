"""Said = done: what a mind says about the person's things is compared with receipts and tool rows before it is said.

Conscience                     one turn's: takes a mind's steps and gives them on, with what isn't so replaced
clauses  -> deeds, facts       one clause at a time: does it claim a change, or something about their day?
known    -> rows               what this turn and this thread have from tools: each row its words, hours, days and numbers
stretches, left                from when to when a clause speaks of, and whether nothing (else) lies in it
lasting, orders, counting      gaps, what comes first, how many: computed from all rows together
denied, standing               what is said not to be there or not done; tasks that are due, late or open
guests, overlapping, recurring who takes part, what is at the same time, what comes again and again
lists, partly, former          which list, which part of a job, what it was before a change
reports, arrivals              what a mail says, when it came and from whom
echoes                         what stands somewhere already, word for word, or is only asked back
german                         German in the English that the others read
truths                         what is said instead
"""

from agent.claims.conscience import Conscience

__all__ = ["Conscience"]
