"""Takes commands and keeps the truth; knows nothing of screens or devices."""
