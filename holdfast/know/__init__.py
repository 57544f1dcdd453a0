"""Who are they, and what do we think of them now?"""
