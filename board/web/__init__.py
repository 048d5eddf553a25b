"""The doors: HTTP requests into commands and answers; the only part of board/ that knows HTTP."""
