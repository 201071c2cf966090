"""A template followed as Jinja2 runs it: what is set, which branch holds, what is shown."""

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

from omnigrid.lint.calling import Calling, Macro
from omnigrid.lint.facts import truths
from omnigrid.lint.sources import PRINTED
from omnigrid.lint.state import MISSING, State, root_of
from omnigrid.lint.templates import Parsed
from omnigrid.lint.walk import Blocks, is_code
from omnigrid.model.shown import ANY, NUMBER, TEXT, Sort, Value, record

_LOOP = record(
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth"), NUMBER),
    **dict.fromkeys(("depth0",), NUMBER),
    **dict.fromkeys(("first", "last", "cycle", "changed"), ANY),
    **dict.fromkeys(("previtem", "nextitem"), MISSING),
)


class Flow(Calling):
    """Follows the templates of a pack."""

    def page(self, name: str, names: Mapping[str, Value]) -> None:
        """Follow the template of a page, its parents included."""
        template = self._templates.get(name)
        if template is None:
            return
        chain, whole = self._chain(template)
        state = State(names)
        found: dict[str, list[tuple[Parsed, nodes.Block]]] = {}
        for each in chain:
            for block in each.tree.find_all(nodes.Block):
                found.setdefault(block.name, []).append((each, block))
        self._blocks.append(Blocks(found, state))
        for each in chain:
            self.trail.templates.add(each.name)
            shown = each is chain[-1] and whole
            body = each.tree.body if shown else [n for n in each.tree.body if is_code(n)]
            self._inside(each, body, state)
        if not whole:  # Its parent is not known before it is rendered: neither is what it shows.
            for name_of_block in found:
                self._block(name_of_block, state)
        self._blocks.pop()

    def _chain(self, template: Parsed) -> tuple[list[Parsed], bool]:
        """Return a template and its parents; and whether all of them are known."""
        chain = [template]
        while True:
            extends = chain[-1].tree.find(nodes.Extends)
            if extends is None:
                return chain, True
            if not isinstance(extends.template, nodes.Const) or extends not in chain[-1].tree.body:
                return chain, False
            parent = self._named(extends, chain[-1])
            if parent is None or parent in chain:
                return chain, False
            chain.append(parent)

    def _follow(self, node: nodes.Node, state: State) -> None:
        """Follow one part of a template by what it is: see the methods with its name."""
        self.trail.step()
        follow = getattr(self, f"_at_{type(node).__name__.lower()}", None)
        if follow is not None:
            follow(node, state)

    def _at_assign(self, node: nodes.Assign, state: State) -> None:
        self._assign(node.target, self._value(node.node, state), state, node.node)

    def _at_assignblock(self, node: nodes.AssignBlock, state: State) -> None:
        self._all(node.body, state.branch())
        self._assign(node.target, TEXT, state)

    def _at_block(self, node: nodes.Block, state: State) -> None:
        self._block(node.name, state if node.scoped else None)

    def _at_macro(self, node: nodes.Macro, state: State) -> None:
        macro = Macro(node, self._here[-1], state.names)
        state.bind(node.name, Value(Sort.MACRO, macro=macro))

    def _at_with(self, node: nodes.With, state: State) -> None:
        inner = state.branch()
        for target, each in zip(node.targets, node.values, strict=True):
            self._assign(target, self._value(each, state), inner, each)
        self._all(node.body, inner)

    def _at_callblock(self, node: nodes.CallBlock, state: State) -> None:
        inner = state.branch()
        for argument in node.args:
            inner.bind(argument.name, ANY)
        self._all(node.body, inner)
        self._value(node.call, state)

    def _at_scope(self, node: Any, state: State) -> None:
        self._all(node.body, state.branch())

    _at_filterblock = _at_scopedevalcontextmodifier = _at_scope

    def _at_exprstmt(self, node: nodes.ExprStmt, state: State) -> None:
        self._value(node.node, state)

    def _at_output(self, node: nodes.Output, state: State) -> None:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self.trail.print(part.data)
            else:
                # What it prints stands before its sign: a macro has markup of its own.
                self._expressions.printed(part, state, self._source)
                self.trail.print(PRINTED)

    def _at_if(self, node: nodes.If, state: State) -> None:
        ends, rest = [], state.branch()
        for branch in (node, *node.elif_):
            self._expressions.condition(branch.test, rest, self._source)
            taken = rest.branch(truths(branch.test, True, rest))
            self._all(branch.body, taken)
            ends.append(taken)
            rest = rest.branch(truths(branch.test, False, rest))
        self._all(node.else_, rest)
        state.meet([*ends, rest])

    def _at_for(self, node: nodes.For, state: State) -> None:
        item = self._expressions.items(node.iter, state, self._source)
        inner = state.branch(truths(node.iter, True, state))
        self._assign(node.target, item, inner)
        if node.test is not None:
            self._expressions.condition(node.test, inner, self._source)
            inner = inner.branch(truths(node.test, True, inner))
        inner.bind("loop", _LOOP)
        self._all(node.body, inner)
        self._all(node.else_, state.branch(truths(node.iter, False, state)))

    def _assign(
        self, target: nodes.Node, value: Value, state: State, node: nodes.Node | None = None
    ) -> None:
        match target:
            case nodes.Name(name=name):
                implied = truths(node, True, state) if node is not None else frozenset()
                state.bind(name, value, frozenset(f for f in implied if root_of(f) != name))
            case nodes.Tuple(items=items) | nodes.List(items=items):
                for each in items:
                    self._assign(each, value.item or ANY, state)

    def _block(self, name: str, state: State | None) -> None:
        blocks = self._blocks[-1] if self._blocks else None
        found = blocks.found.get(name) if blocks else None
        if blocks is None or not found:
            return
        template, node = found[0]
        inner = (state or blocks.shared).branch()
        inner.names |= {"self": ANY, "super": ANY}
        for other, parent in found[1:]:
            if _asks_for(node, "super"):
                self._inside(other, parent.body, (state or blocks.shared).branch())
                break
        self._inside(template, node.body, inner)


def _asks_for(node: nodes.Node, name: str) -> bool:
    return any(each.name == name for each in node.find_all(nodes.Name))
