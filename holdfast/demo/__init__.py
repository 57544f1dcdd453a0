"""A simulated company, built by calling the same actions that people call."""
