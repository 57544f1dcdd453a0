"""A signal is one number an account has on a day, or the honest absence of it."""
