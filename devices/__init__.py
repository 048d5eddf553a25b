"""Listens to what hangs in the bays and says what it means; never decides about jobs."""
