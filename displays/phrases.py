"""Texts without blanks are put into a template when it is compiled, once for each language.

Looking one up at each rendering cost more than all the rest of a small region. Knows no view.
"""

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

_SPEAKING = frozenset({"_", "gettext"})


class Phrases(NodeTransformer):
    """Replaces `_('text')` and `{% trans %}` without names by what the language says."""

    def __init__(self, translations: NullTranslations) -> None:
        self._say = saying(translations)

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        """The text itself where nothing is left to be filled in; else the call as it was."""
        self.generic_visit(node, *args, **kwargs)
        said = _constant(node)
        if said is None:
            return node
        return nodes.MarkSafe(nodes.Const(str(self._say(said))), lineno=node.lineno)


def saying(translations: NullTranslations) -> Callable[..., Markup]:
    """What `_` does in templates: the words of a text, with `names` filled in and escaped.

    A percent sign is doubled in the catalogue. What has no blanks is put together once.
    """

    @cache
    def fixed(text: str) -> Markup:
        return Markup(translations.gettext(text)) % {}

    def say(text: str, /, **names: object) -> Markup:
        return Markup(translations.gettext(text)) % names if names else fixed(text)

    return say


def _constant(node: nodes.Call) -> str | None:
    speaks = isinstance(node.node, nodes.Name) and node.node.name in _SPEAKING
    if not speaks or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
        return None
    (said,) = node.args
    return str(said.value) if isinstance(said, nodes.Const) else None
