"""Pure measures: tables in, tables out. Imports nothing of ours, nor Django."""
