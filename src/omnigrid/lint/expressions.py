"""Expressions of a template: what kind of value each has, and what it asks for in vain."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, Protocol

from jinja2 import nodes

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.facts import as_known, path_of, truths
from omnigrid.lint.sources import SourceText
from omnigrid.lint.state import NOTHING, State, join
from omnigrid.lint.trail import Trail
from omnigrid.model.findings import Severity, Span
from omnigrid.model.shown import ANY, NUMBER, TEXT, Sort, Value, listed
from omnigrid.render.methods import METHODS

_TO_TEXT = frozenset(
    "capitalize escape e forceescape format join lower replace string title trim truncate upper "
    "urlencode plain long_date readable_on seed".split()
)
_TO_NUMBER = frozenset("abs count int length round sum wordcount float".split())
_SAME = frozenset("list reject rejectattr reverse select selectattr sort unique".split())
_ITEM = frozenset({"first", "last", "max", "min"})
_PLAIN = {
    Sort.RECORD: METHODS[dict],
    Sort.LIST: METHODS[list],
    Sort.TEXT: METHODS[str],
    Sort.NUMBER: METHODS[float],
}
"""What can be called of each sort of value."""
_TOLERANT = frozenset({"defined", "undefined", "none", "sameas"})


class Caller(Protocol):
    """Follows what an expression calls."""

    def call(self, node: nodes.Call, called: Value, state: State) -> Value:
        """Return what a call gives."""
        ...


class Expressions:
    """Finds the value of each expression of one template."""

    def __init__(self, trail: Trail, known: Iterable[str], caller: Caller) -> None:
        self._trail, self._known, self._caller = trail, frozenset(known), caller

    def value(self, node: nodes.Node, state: State, source: SourceText) -> Value:
        """Return what is known of an expression's value, and keep what is wrong with it."""
        self._trail.step()
        found = self._value(node, state, source)
        if found.path:
            self._trail.used.add(found.path)
        return as_known(found, path_of(node), state)

    def used(self, node: nodes.Node, state: State, source: SourceText) -> Value:
        """Return the value of an expression that must be there."""
        found = self.value(node, state, source)
        if not found.absent:
            return found
        shown = path_of(node) or "this"
        span = self._span(node, source)
        hint = f"test it first, `{{% if {shown}|default(none) %}}`, or give a default"
        self._trail.found(source, span, "OG411", f'"{shown}" may be missing', hint)
        return found.sure()

    def printed(self, node: nodes.Node, state: State, source: SourceText) -> None:
        """Follow an expression whose value is printed."""
        found = self.used(node, state, source)
        if found.none:
            shown = path_of(node) or "this"
            self._trail.found(
                source,
                self._span(node, source),
                "OG411",
                f'"{shown}" may be none, and the page would show the word None',
                f"test it first, `{{% if {shown} %}}`, or give another text: `{shown} or …`",
                severity=Severity.WARNING,
            )

    def condition(self, node: nodes.Node, state: State, source: SourceText) -> None:
        """Follow an expression that is asked whether it is true."""
        self.used(node, state, source)

    def _span(self, node: nodes.Node, source: SourceText) -> Span:
        match node:
            case nodes.Name(name=name):
                return source.word(node.lineno, name)
            case nodes.Getattr(attr=attr) | nodes.Getitem(arg=nodes.Const(value=str(attr))):
                return source.word(node.lineno, attr, field=True)
            case nodes.Filter(node=inner) if inner is not None:
                return self._span(inner, source)
        return source.whole_line(node.lineno)

    def _value(self, node: nodes.Node, state: State, source: SourceText) -> Value:
        """Return the value of an expression by what it is: see the methods with its name."""
        kind = type(node).__name__.lower()
        if _is_field(node):
            kind = "getattr"
        elif isinstance(node, nodes.BinExpr) and not isinstance(node, nodes.And | nodes.Or):
            kind = "binexpr"
        made = getattr(self, f"_made_{kind}", None)
        if made is None:
            self._each(node.iter_child_nodes(), state, source)
            return ANY
        found: Value = made(node, state, source)
        return found

    def _made_getattr(self, node: Any, state: State, source: SourceText) -> Value:
        attr = node.attr if isinstance(node, nodes.Getattr) else node.arg.value
        return self._field(node, self._there(node.node, state, source), attr, source)

    def _made_getitem(self, node: Any, state: State, source: SourceText) -> Value:
        base = self._there(node.node, state, source)
        self.value(node.arg, state, source)
        whole = base.sort is Sort.TEXT or isinstance(node.arg, nodes.Slice)
        return base if whole else base.item or ANY

    def _made_test(self, node: Any, state: State, source: SourceText) -> Value:
        (self.value if node.name in _TOLERANT else self.used)(node.node, state, source)
        self._each((*node.args, *(pair.value for pair in node.kwargs)), state, source)
        return ANY

    def _made_call(self, node: Any, state: State, source: SourceText) -> Value:
        return self._caller.call(node, self.used(node.node, state, source), state)

    def _made_condexpr(self, node: Any, state: State, source: SourceText) -> Value:
        self.condition(node.test, state, source)
        yes, no = (state.branch(truths(node.test, outcome, state)) for outcome in (True, False))
        one = self.value(node.expr1, yes, source)
        # Without "else" Jinja2 prints nothing.
        return join(one, self.value(node.expr2, no, source) if node.expr2 else TEXT)

    def _made_and(self, node: Any, state: State, source: SourceText) -> Value:
        one = self.used(node.left, state, source)
        sure = state.branch(truths(node.left, True, state))
        return join(one, self.value(node.right, sure, source))

    def _made_or(self, node: Any, state: State, source: SourceText) -> Value:
        one = self.used(node.left, state, source).sure()
        other = state.branch(truths(node.left, False, state))
        return join(one, self.value(node.right, other, source))

    def _made_const(self, node: Any, _state: State, _source: SourceText) -> Value:
        kinds = {str: TEXT, int: NUMBER, float: NUMBER, type(None): NOTHING}
        return kinds.get(type(node.value), ANY)

    def _made_list(self, node: Any, state: State, source: SourceText) -> Value:
        values = [self.value(item, state, source) for item in node.items]
        return listed(reduce(join, values) if values else ANY)

    _made_tuple = _made_list

    def _made_concat(self, node: Any, state: State, source: SourceText) -> Value:
        for part in node.nodes:
            self.used(part, state, source)
        return TEXT

    def _made_binexpr(self, node: Any, state: State, source: SourceText) -> Value:
        one, other = (self.used(each, state, source) for each in (node.left, node.right))
        return one if one.sort is other.sort and one.sort is not Sort.RECORD else ANY

    def _made_compare(self, node: Any, state: State, source: SourceText) -> Value:
        for each in (node.expr, *(operand.expr for operand in node.ops)):
            self.used(each, state, source)
        return ANY

    def _each(self, inner: Iterable[nodes.Node], state: State, source: SourceText) -> None:
        for each in inner:
            self.value(each, state, source)

    def _made_name(self, node: Any, state: State, source: SourceText) -> Value:
        name = str(node.name)
        if name in state.names:
            return state.names[name]
        if name in self._known:
            return ANY
        hint = did_you_mean(nearest(name, {*state.names, *self._known}))
        hint = hint or "docs/packs.md lists what a template sees"
        span = source.word(node.lineno, name)
        self._trail.found(source, span, "OG410", f'there is no variable "{name}"', hint)
        return ANY

    def _there(self, node: nodes.Node, state: State, source: SourceText) -> Value:
        """Return a value of which a part is asked for."""
        found = self.used(node, state, source)
        if not found.none or found.sort is Sort.ANY:
            return found
        self._may_be_none(node, source, "it has no parts then")
        return found.sure()

    def items(self, node: nodes.Node, state: State, source: SourceText) -> Value:
        """Return what is known of the items of what a loop goes through."""
        found = self.used(node, state, source)
        if found.none:
            self._may_be_none(node, source, "it has no items then")
        return found.item or (TEXT if found.sort is Sort.TEXT else ANY)

    def _may_be_none(self, node: nodes.Node, source: SourceText, reason: str) -> None:
        shown = path_of(node) or "this"
        message = f'"{shown}" may be none: {reason}'
        hint = f"test it first: `{{% if {shown} %}}`"
        self._trail.found(source, self._span(node, source), "OG411", message, hint)

    def _field(self, node: nodes.Node, base: Value, attr: str, source: SourceText) -> Value:
        if attr in base.fields:
            return base.fields[attr]
        named = isinstance(node, nodes.Getattr)
        if base.sort not in {*_PLAIN, Sort.MODULE} or (named and attr in _PLAIN.get(base.sort, ())):
            return ANY
        whole = path_of(node)
        inside = f' in "{whole.rpartition(".")[0]}"' if whole else ""
        kind = "macro" if base.sort is Sort.MODULE else "field"
        near = did_you_mean(nearest(attr, base.fields))
        known = f"known: {', '.join(sorted(base.fields))}" if base.fields else ""
        span = source.word(node.lineno, attr, field=True)
        message = f'there is no {kind} "{attr}"{inside}'
        self._trail.found(source, span, "OG410", message, near or known)
        return ANY

    def _made_filter(self, node: Any, state: State, source: SourceText) -> Value:
        name = node.name
        tolerant = name in {"default", "d"}
        given = TEXT
        if node.node is not None:
            given = (self.value if tolerant else self.used)(node.node, state, source)
        arguments = [*node.args, *(pair.value for pair in node.kwargs)]
        arguments += [each for each in (node.dyn_args, node.dyn_kwargs) if each is not None]
        values = [self.value(each, state, source) for each in arguments]
        if tolerant:
            none = given.none and len(node.args) < 2 and not node.kwargs
            kept = given._replace(absent=False, none=none)
            return join(kept, values[0] if values else TEXT)
        if name in _TO_TEXT | _TO_NUMBER:
            if given.none and node.node is not None:
                self._may_be_none(node.node, source, f'the filter "{name}" gets no value')
            return TEXT if name in _TO_TEXT else NUMBER
        if name == "letters":
            return listed(NUMBER)
        if name in _SAME and given.sort is Sort.LIST:
            return given
        return (given.item or ANY) if name in _ITEM else ANY


def _is_field(node: nodes.Node) -> bool:
    """Whether an expression asks for a field by its name."""
    match node:
        case nodes.Getattr() | nodes.Getitem(arg=nodes.Const(value=str())):
            return True
        case _:
            return False
