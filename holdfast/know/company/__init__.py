"""Whose clients these are: name, currency, time zone, and the day the company is looked at."""
