"""A card turns signals into an explained score. Versions are frozen once used."""
