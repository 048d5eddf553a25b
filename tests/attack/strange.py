"""Texts and values that break programs, for hypothesis."""

from hypothesis import strategies as st

PROTOTYPE = ("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf")
UNSEEN = ("\u202e", "\u200b", "\u2066", "\ufeff", "\u2028", "\x07", "\x7f", "\x00")
_NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "9" * 400,
    "null",
    "true",
    "2026-11-21T10:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "25:99",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{0.__class__}",
    "%s%n",
    "' or 1=1 --",
    "京A12345",
    "x" * 5000,
    "🚗" * 40,
    *PROTOTYPE,
    *UNSEEN,
)
STRANGE = st.one_of(st.sampled_from(_NASTY), st.text(st.characters(exclude_categories=["Cs"])))
_FIELDS = ("job", "bay", "car", "plate", "to", "version", "lines", "at", "person", "settings")
_KEYS = st.one_of(st.sampled_from(_FIELDS), STRANGE)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        STRANGE,
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(_KEYS, VALUES, max_size=6)
