"""The mail of a day: which of it matters, and what it asks for, each thing with its mail as witness.

text        a mail's own words, sentence by sentence; whether a quote stands in them
kinds       written to many, by a machine, to sell, to deceive, to give orders
requests    what a mail asks for, by rules; titles: as a task; dues: by when
importance  which mail matters, by rules
reading     the same by a model without tools, believed as far as the mail's own words go
judging     which of the two, and what then
looking     the unread mail, and what is known about the person
writing     the whole; keeping: beside what stood there; saying: in two or three sentences
accepting   a thing to do becomes a task, from outside; agent.tools.digest does it
today       as others see it
"""
