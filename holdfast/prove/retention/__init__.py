"""Retention: which customers of one day are still there on another. It records no facts."""
