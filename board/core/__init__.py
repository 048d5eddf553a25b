"""The rules of the workshop: pure values and functions.

Knows no clock, no ids, no files, no network; `now` and ids are arguments.
"""
