"""Each step from one shape of the tables to the next."""
