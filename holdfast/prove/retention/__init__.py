"""How many clients a company keeps: rates with intervals, identities that hold, cohorts."""
