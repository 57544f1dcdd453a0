"""The `holdfast` command, one file a group of verbs. They call what the pages call."""
