"""What is thought of an account now. Assess writes it, everyone above know reads it."""
