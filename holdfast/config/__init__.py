"""The composition root: settings, urls, the embedded database and the command line. Nothing imports it."""
