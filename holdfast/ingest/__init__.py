"""How the outside comes in: files today, streams later.

A file is opened (`files`), what it leaves unsaid is settled and said (`formats`), its headers are
matched with the fields of a kind (`mapping`), blocks of rows are read (`reading`) and given to the
verb of the kind, all or nothing. An upload is an `Import`: uploaded, mapped, run, looked back at.
"""
