"""An account is a client company or person; it comes by import and is kept when it leaves."""
