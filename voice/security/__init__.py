"""Who may ask, from where, and how much: sign-ins and their tokens, doors, limits."""
