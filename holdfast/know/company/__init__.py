"""The company whose clients these are: its name, currency, time zone, and the day it looks at them."""
