"""The composition root: settings, urls, the embedded database, the command. Nothing imports it."""
