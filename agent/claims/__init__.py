"""Said = done: what a mind says about the person's things is compared with receipts and tool rows before it is said.

Conscience                     one turn's: takes a mind's steps and gives them on, with what isn't so replaced
clauses, judging, doubts       one clause at a time: may it be said, and why not?
deeds -> claimed, fitting      does it claim a change, is there a receipt, are the details the receipt's?
related                        what all rows together tell, and what is compared with them:
  comparing, touching            the longest, the first; back to back, one as the other ends, in each other's way
  shifting, quantified           how much later than before, in how many days; all, none, both, only, apart from
  whole_days                     from which day to which, for how many, until when
  listed                         the things that were read, and the hours of everything near them
vowed, reached                 what is promised to come unasked, whom a message is said to have reached
asking                         what the person asks for: to be told, or to have something done
unlooked, unseen, present      told without a look; the whole, told from a part; what time it is now
known    -> rows               what this turn and this thread have from tools: each row its words, hours, days and numbers
emptiness, gaps                that there is nothing, that somebody is free: they need somebody to have looked
stretches, left                from when to when a clause speaks of, and whether nothing (else) lies in it
lasting, orders, counting      gaps, what comes first, how many: computed from all rows together
denied, standing               what is said not to be there or not done; tasks that are due, late or open
guests, places, overlapping    who takes part, where it is, what is at the same time
recurring                      what comes again and again
lists, partly, former          which list, which part of a job, what it was before a change
reports, letters, arrivals     what a mail says, its state and deadline, when it came and from whom
drafts                         what the person's own mails say, sent or not
gainsaid                       what a mail or a memory says the other way round: no for yes, another day, another number
enumerated, remembered         each thing told in a row of a list that was read, and of what was recalled
elliptic                       "and so is the other": what a clause leaves out, taken from the one before
proposed                       what would be: with the hours of what was asked for, or waits for a yes
shortened                      names in short, in full
echoes                         what stands somewhere already, word for word, or is only asked back
german                         German in the English that the others read
truths, pointed                what is said instead: the receipt's sentence, the list, the one or two things that are named
"""

from agent.claims.conscience import Conscience

__all__ = ["Conscience"]
