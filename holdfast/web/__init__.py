"""Pages that span areas: Today, the account page, search."""
