"""What is sure where a test of a template came out one way."""

from jinja2 import nodes

from omnigrid.lint.state import NO_FACTS, Facts, State
from omnigrid.model.shown import Value

_SAME_TRUTH = frozenset({"length", "count", "list", "sort", "first", "last", "unique", "reverse"})
"""Filters whose result is true only where what they were given was there."""
_SURE = frozenset({"string", "number", "mapping", "sequence", "iterable", "integer", "float"})
_ORDER = frozenset({"gt", "gteq", "eq"})


def path_of(node: nodes.Node) -> str | None:
    """Return the path that an expression is, such as ``brand.license``; None for any other."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case (
            nodes.Getattr(node=inner, attr=attr)
            | nodes.Getitem(node=inner, arg=nodes.Const(value=str(attr)))
        ):
            before = path_of(inner)
            return before and f"{before}.{attr}"
        case _:
            return None


def truths(node: nodes.Node, outcome: bool, state: State) -> Facts:
    """Return what is sure where an expression is true, or where it is false."""
    match node:
        case nodes.Not(node=inner):
            return truths(inner, not outcome, state)
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            one, other = truths(left, outcome, state), truths(right, outcome, state)
            return one | other if isinstance(node, nodes.And) is outcome else one & other
        case nodes.Test(node=inner, name=name):
            return _tested(inner, str(name), outcome)
        case _:
            return _shown(node, state) if outcome else NO_FACTS


def _shown(node: nodes.Node, state: State) -> Facts:
    """Return what is sure where a single value is true."""
    match node:
        case nodes.Filter():
            return _filtered(node, state)
        case nodes.Compare():
            return _compared(node, state)
    path = path_of(node)
    return state.implied.get(path, NO_FACTS) | {path} if path else NO_FACTS


def _tested(node: nodes.Node, name: str, outcome: bool) -> Facts:
    path = path_of(node)
    if path is None:
        return NO_FACTS
    if (name, outcome) in {("defined", True), ("undefined", False)}:
        return frozenset({f"{path}?"})
    if (name, outcome) == ("none", False):
        return frozenset({f"{path}!"})
    return frozenset({path}) if outcome and name in _SURE else NO_FACTS


def _filtered(node: nodes.Filter, state: State) -> Facts:
    if node.node is None:
        return NO_FACTS
    if node.name in _SAME_TRUTH or (node.name in {"default", "d"} and _default_is_false(node)):
        return truths(node.node, True, state)
    return NO_FACTS


def _default_is_false(node: nodes.Filter) -> bool:
    if not node.args:
        return True
    try:
        return not node.args[0].as_const()
    except nodes.Impossible:
        return False


def _compared(node: nodes.Compare, state: State) -> Facts:
    if len(node.ops) != 1 or node.ops[0].op not in _ORDER:
        return NO_FACTS
    operand = node.ops[0].expr
    if not isinstance(operand, nodes.Const) or operand.value is None:
        return NO_FACTS
    if node.ops[0].op == "eq":
        return truths(node.expr, True, state) if operand.value else NO_FACTS
    return truths(node.expr, True, state) if isinstance(node.expr, nodes.Filter) else NO_FACTS


def as_known(value: Value, path: str | None, state: State) -> Value:
    """Return a value with what the facts say of its path."""
    if path is None or not (value.none or value.absent):
        return value
    if path in state.facts:
        return value.sure()
    return value._replace(
        none=value.none and f"{path}!" not in state.facts,
        absent=value.absent and f"{path}?" not in state.facts,
    )
