"""How are they, and how much do they matter?"""
