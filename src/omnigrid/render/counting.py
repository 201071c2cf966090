"""Loops that are asked only how far they are: Python counts them, instead of an object of Jinja2's.

Then ``loop`` is nothing but a number; where anything else may see it, it stays what it is.
"""

from collections.abc import Container, Iterator

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

COUNT = "0"
"""The name of the number: one that no template can write."""
_ASKED = frozenset({"index", "index0", "first"})
_SEEING = (
    nodes.Block,
    nodes.CallBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
)
"""What may see the loop that it stands in."""


def count_rounds(tree: nodes.Template, fixed: Container[int]) -> set[int]:
    """Change loops that need no more than a number; return the ids of what those go through.

    ``fixed`` has the ids of nodes that must stay themselves.
    """
    found = [each for each in tree.find_all(nodes.For) if _is_counted(each, fixed)]
    for loop in found:
        for at, part in enumerate(loop.body):
            loop.body[at] = _Counted().visit(part)
        number = nodes.Name(COUNT, "store", lineno=loop.lineno)
        loop.target = nodes.Tuple([number, loop.target], "store", lineno=loop.lineno)
    return {id(loop.iter) for loop in found}


def _is_counted(loop: nodes.For, fixed: Container[int]) -> bool:
    if loop.recursive or loop.test is not None:
        return False
    if any(isinstance(each, _SEEING) for part in loop.body for each in _all(part)):
        return False
    scope = [each for part in loop.body for each in _scope(part)]
    names = sum(isinstance(each, nodes.Name) and each.name == "loop" for each in scope)
    asked = [each for each in scope if _is_asked(each)]
    return 0 < names == len(asked) and not any(id(each) in fixed for each in asked)


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    yield from node.find_all(nodes.Node)


def _scope(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all within it, without the bodies of loops: their ``loop`` is another."""
    yield node
    without = ("body",) if isinstance(node, nodes.For) else ()
    for child in node.iter_child_nodes(exclude=without):
        yield from _scope(child)


def _is_asked(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Getattr)
        and node.attr in _ASKED
        and isinstance(node.node, nodes.Name)
        and node.node.name == "loop"
    )


class _Counted(NodeTransformer):
    """Puts the number in place of what a loop is asked for."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        body, node.body = node.body, []
        self.generic_visit(node)
        node.body = body
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        if not _is_asked(node):
            return self.generic_visit(node)
        line = node.lineno
        number = nodes.Name(COUNT, "load", lineno=line)
        if node.attr == "index":
            return nodes.Add(number, nodes.Const(1, lineno=line), lineno=line)
        if node.attr == "first":
            zero = nodes.Operand("eq", nodes.Const(0, lineno=line), lineno=line)
            return nodes.Compare(number, [zero], lineno=line)
        return number
