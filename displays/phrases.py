"""Texts without blanks are put into a template when it is compiled, once for each language.

Looking one up at each rendering cost more than all the rest of a small region. Knows no view.
"""

from gettext import NullTranslations
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

_SPEAKING = frozenset({"_", "gettext"})


class Phrases(NodeTransformer):
    """Replaces `_('text')` and `{% trans %}` without names by what the language says."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        """The text itself where nothing is left to be filled in; else the call as it was."""
        self.generic_visit(node, *args, **kwargs)
        said = _constant(node)
        if said is None:
            return node
        # As the call would have done it: a percent sign is doubled in the catalogue.
        text = Markup(self._translations.gettext(said)) % {}
        return nodes.MarkSafe(nodes.Const(str(text)), lineno=node.lineno)


def _constant(node: nodes.Call) -> str | None:
    speaks = isinstance(node.node, nodes.Name) and node.node.name in _SPEAKING
    if not speaks or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
        return None
    (said,) = node.args
    return str(said.value) if isinstance(said, nodes.Const) else None
