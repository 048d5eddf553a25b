"""Plates that cameras and their programs post over HTTP: what one body means. Pure.

`reading` tells the makers apart by the body alone, so that one address serves them all. A body
that is none of theirs is `Malformed` with a reason; pictures in it are never looked at.
"""
