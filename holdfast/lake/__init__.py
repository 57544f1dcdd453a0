"""The columnar store: mirrored records and history as Parquet files listed in PostgreSQL."""
