"""Money, days, words, jobs: knows Django, no app of ours."""
