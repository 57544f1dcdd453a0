"""Holdfast keeps a company's key clients: know, listen, assess, act, reward, prove."""
