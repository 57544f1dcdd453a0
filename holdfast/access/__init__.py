"""People, actors, roles, permissions and sign-in."""
