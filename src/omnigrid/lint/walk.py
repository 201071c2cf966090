"""Where we are in the templates of a pack, and what every part of the way needs."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from jinja2 import nodes

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.expressions import Expressions
from omnigrid.lint.sources import SourceText
from omnigrid.lint.state import State
from omnigrid.lint.templates import Parsed, Templates
from omnigrid.lint.trail import Trail
from omnigrid.model.shown import Value

_DEEPEST = 40
"""Macros, blocks and templates inside of each other."""


class Blocks(NamedTuple):
    """A page's blocks, those that win first, and the names that all of them see."""

    found: dict[str, list[tuple[Parsed, nodes.Block]]]
    shared: State


class Walk(ABC):
    """A way through templates."""

    def __init__(self, templates: Templates, trail: Trail) -> None:
        self._templates, self.trail = templates, trail
        self._expressions = Expressions(trail, templates.environment.globals, self)
        self._here: list[Parsed] = []
        self._blocks: list[Blocks | None] = []

    @abstractmethod
    def call(self, node: nodes.Call, called: Value, state: State) -> Value:
        """Follow a call, with what it is given; return what is known of its result."""

    @abstractmethod
    def _follow(self, node: nodes.Node, state: State) -> None:
        """Follow one part of a template."""

    def _all(self, body: Iterable[nodes.Node], state: State) -> None:
        for node in body:
            self._follow(node, state)

    def _inside(self, template: Parsed, body: Iterable[nodes.Node], state: State) -> None:
        """Follow parts of a template."""
        if len(self._here) >= _DEEPEST:
            return
        self._here.append(template)
        with self.trail.home(own=template.own):
            self._all(body, state)
        self._here.pop()

    @property
    def _source(self) -> SourceText:
        return self._here[-1].source

    def _value(self, node: nodes.Node, state: State) -> Value:
        return self._expressions.value(node, state, self._source)

    def _named(
        self, node: nodes.Extends | nodes.Import | nodes.FromImport, template: Parsed
    ) -> Parsed | None:
        """Return the template that a part of another one names; what there is not is a finding."""
        if not isinstance(node.template, nodes.Const):
            return None
        name = str(node.template.value)
        if not self._templates.exists(name):
            span = template.source.word(node.lineno, name)
            near = did_you_mean(nearest(name, self._templates.names()))
            self.trail.found(
                template.source,
                span,
                "OG410",
                f'there is no template "{name}"',
                near or "a pack sees its own files, and those of the base below base/",
            )
        return self._templates.get(name)


def is_code(node: nodes.Node) -> bool:
    """Whether a part of a template does something though it is not shown."""
    return not isinstance(node, nodes.Output | nodes.Block)
