"""Macros: what each call gives them, and what they do with it."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext

from jinja2 import nodes
from msgspec import Struct

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.facts import path_of
from omnigrid.lint.including import Including
from omnigrid.lint.sources import SourceText
from omnigrid.lint.state import MISSING, State, root_of
from omnigrid.lint.templates import Parsed, Templates
from omnigrid.lint.trail import Trail
from omnigrid.model.findings import Span
from omnigrid.model.shown import ANY, TEXT, Value, listed

Argument = tuple[str | None, nodes.Node, Value]
"""What a call gives: the name where it has one, the expression and its value."""


class Macro(Struct, frozen=True, eq=False):
    """A macro and the names that it sees besides its own."""

    node: nodes.Macro
    template: Parsed
    names: Mapping[str, Value]


class Calling(Including):
    """Follows calls, and the macros that nobody calls."""

    def __init__(self, templates: Templates, trail: Trail) -> None:
        super().__init__(templates, trail)
        self._called: set[int] = set()
        self._answers: dict[object, tuple[object, ...]] = {}

    def call(self, node: nodes.Call, called: Value, state: State) -> Value:
        """Follow a call, with what it is given; return what is known of its result."""
        arguments: list[tuple[str | None, nodes.Expr]] = [(None, each) for each in node.args]
        arguments += [(pair.key, pair.value) for pair in node.kwargs]
        values = [(key, each, self._value(each, state)) for key, each in arguments]
        for rest in (node.dyn_args, node.dyn_kwargs):
            if rest is not None:
                self._value(rest, state)
        path = path_of(node.node) or ""
        if path.startswith("self.") and state.names.get("self") is ANY:
            self._asked_block(node, path.removeprefix("self."))
            return TEXT
        macro = called.macro
        if not isinstance(macro, Macro):
            return ANY
        dynamic = node.dyn_args is not None or node.dyn_kwargs is not None
        self._run(macro, node, values, state, dynamic=dynamic)
        return TEXT

    def _asked_block(self, node: nodes.Call, name: str) -> None:
        blocks = self._blocks[-1] if self._blocks else None
        if blocks is not None and name not in blocks.found:
            span = self._source.word(node.lineno, name, field=True)
            near = did_you_mean(nearest(name, blocks.found))
            self.trail.found(self._source, span, "OG410", f'there is no block "{name}"', near)

    def _run(
        self,
        macro: Macro,
        node: nodes.Call,
        values: Sequence[Argument],
        state: State,
        *,
        dynamic: bool,
    ) -> None:
        """Follow the body of a macro, with what a call gives it."""
        self._called.add(id(macro.node))
        inner = State({**macro.names, "caller": ANY, "varargs": listed(ANY), "kwargs": ANY})
        names = [argument.name for argument in macro.node.args]
        inner.facts = {fact for fact in state.facts if root_of(fact) not in names}
        given: dict[str, Value] = {}
        for place, (key, each, value) in enumerate(values):
            name = key or (names[place] if place < len(names) else None)
            if name in names:
                given[name] = value
                path = path_of(each)
                before = f"{path}." if path else None
                if before:
                    known = [fact for fact in state.facts if fact.startswith(before)]
                    inner.facts |= {f"{name}.{fact.removeprefix(before)}" for fact in known}
        self._defaults(macro, names, given, inner, dynamic=dynamic)
        key_of = (id(macro.node), tuple((n, id(v)) for n, v in given.items()), *sorted(inner.facts))
        away = self._away(macro, node)
        if (key_of, away is None) in self._answers:
            return
        self._answers[key_of, away is None] = tuple(given.values())
        facts = set(inner.facts)
        inner.names |= given
        inner.facts = facts
        with self.trail.away(*away) if away else nullcontext():
            self._inside(macro.template, macro.node.body, inner)

    def _defaults(
        self,
        macro: Macro,
        names: Sequence[str],
        given: dict[str, Value],
        inner: State,
        *,
        dynamic: bool,
    ) -> None:
        """Add what a call leaves out: the defaults of the macro, or nothing."""
        defaults = dict(
            zip(names[len(names) - len(macro.node.defaults) :], macro.node.defaults, strict=True)
        )
        for name in names:
            if name in given:
                continue
            if name in defaults:
                # Whether a text or a list: what a caller may give instead is another matter.
                given[name] = self._expressions.value(defaults[name], inner, macro.template.source)
            else:
                given[name] = ANY if dynamic else MISSING

    def _away(self, macro: Macro, node: nodes.Call) -> tuple[SourceText, Span, str] | None:
        """Return where faults are told of a macro that is not the pack's own; None: in itself."""
        if macro.template.own or not self._here[-1].own:
            return None
        path = path_of(node.node) or macro.node.name
        name = path.rpartition(".")[2]
        span = self._source.word(node.lineno, name, field="." in path)
        return self._source, span, f'the macro "{name}" of {macro.template.name}'

    def uncalled(self, names: Mapping[str, Value]) -> None:
        """Follow the macros of the pack that nobody calls, whatever they may be given."""
        for name in self._templates.own():
            template = self._templates.get(name)
            if template is None or name not in self.trail.templates:
                continue
            for macro in template.tree.find_all(nodes.Macro):
                if id(macro) not in self._called:
                    state = State(names)
                    self._all_names(template, state)
                    for argument in macro.args:
                        state.bind(argument.name, ANY)
                    state.names |= {"caller": ANY, "varargs": ANY, "kwargs": ANY}
                    self._inside(template, macro.body, state)

    def _all_names(self, template: Parsed, state: State) -> None:
        """Set every name that a template sets anywhere."""
        for known in template.tree.find_all(nodes.Name):
            if known.ctx in {"store", "param"}:
                state.names.setdefault(known.name, ANY)
        for each in template.tree.find_all((nodes.Macro, nodes.Import, nodes.FromImport)):
            match each:
                case nodes.Macro(name=name):
                    state.names.setdefault(name, ANY)
                case nodes.Import(target=target):
                    state.names.setdefault(target, ANY)
                case nodes.FromImport(names=listed_names):
                    for one in listed_names:
                        state.names.setdefault(one[1] if isinstance(one, tuple) else one, ANY)
