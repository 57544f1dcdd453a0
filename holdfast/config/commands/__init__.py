"""The `holdfast` command, one file a group of verbs. Each verb calls the same actions as the pages."""
