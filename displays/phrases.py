"""Texts without blanks are put into a template when it is compiled, once for each language.

Looking one up at each rendering cost more than all the rest of a small region. Knows no view.
"""

from collections.abc import Callable, Mapping
from functools import cache
from gettext import NullTranslations
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Say = Callable[..., Markup]


class Phrases(NodeTransformer):
    """Replaces `_('text')`, `gettext('text')` and `{% trans %}` without names by what is said."""

    def __init__(self, says: Mapping[str, Say]) -> None:
        self._says = says

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        """The text itself where nothing is left to be filled in; else the call as it was."""
        self.generic_visit(node, *args, **kwargs)
        say, said = self._says.get(_name(node)), _constant(node)
        if say is None or said is None:
            return node
        return nodes.MarkSafe(nodes.Const(str(say(said))), lineno=node.lineno)


def saying(translations: NullTranslations) -> Say:
    """What `gettext` does in templates, and `_` on most screens: the words of a text, with `names`
    filled in and escaped.

    A percent sign is doubled in the catalogue. What has no blanks is put together once.
    """

    @cache
    def fixed(text: str) -> Markup:
        return Markup(translations.gettext(text)) % {}

    def say(text: str, /, **names: object) -> Markup:
        return Markup(translations.gettext(text)) % names if names else fixed(text)

    return say


def in_turn(first: Say, second: Say, language: str) -> Say:
    """What `_` does on a screen of two languages: both are there, the page shows one in turn.

    `language` is the second one's tag. Where both say the same it is there once.
    """

    def say(text: str, /, **names: object) -> Markup:
        one, other = first(text, **names), second(text, **names)
        return one if one == other else _IN_TURN.format(one, language, other)

    return say


_IN_TURN = Markup('<span class="say-1">{}</span><span class="say-2" lang="{}">{}</span>')


def _name(node: nodes.Call) -> str:
    return node.node.name if isinstance(node.node, nodes.Name) else ""


def _constant(node: nodes.Call) -> str | None:
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
        return None
    (said,) = node.args
    return str(said.value) if isinstance(said, nodes.Const) else None
