"""What templates do most of all, written so that it takes no call where values are as usual.

Each form asks for the type first, and leaves all other values to the function that knows them all.
``held`` is what was just worked out: an inner form is done with it before an outer one begins.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from omnigrid.render.counting import COUNT
from omnigrid.render.meter import LONG
from omnigrid.render.operators import OPERATORS, SMALL

Kind = type | None
_IS_SMALL = f"is int and {-SMALL} < held < {SMALL}"
_SHOWN: dict[Kind, tuple[str, str]] = {
    int: ("(str(held) if type(held := ", f") {_IS_SMALL} else show(held))"),
    str: (
        "(text if type(held := ",
        f") is str and len(text := escape_text(held)) <= {LONG} else show(held))",
    ),
    None: ("show(", ")"),
}
"""What is written before and after what is printed, by what it probably is."""
_OF_LOOP = {"index0": "index0", "index": "index0 + 1", "first": "index0 == 0"}
"""What is asked of loops most of all."""
_COUNTS = frozenset({*_OF_LOOP, "int", "length"})
_NUMBERS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg)


class InlineGenerator(CodeGenerator):
    """Writes attributes, operations and what is printed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names: Mapping[str, Kind] = {}

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template."""
        self._names = _kinds_of_names(node)
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write ``a.b``: mostly of a mapping, or of a loop."""
        if isinstance(node.node, nodes.Name):
            self._attribute_of_name(node.node, node.attr, frame)
            return
        self.write(f"(held[{node.attr!r}] if type(held := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in held else value_of(held, {node.attr!r}))")

    def _attribute_of_name(self, node: nodes.Name, attribute: str, frame: Frame) -> None:
        known = frame.symbols.ref(node.name)
        if node.name == "loop" and attribute in _OF_LOOP:
            self.write(f"({known}.{_OF_LOOP[attribute]} if type({known}) is LoopContext else ")
        else:
            mapping = f"type({known}) is dict and {attribute!r} in {known}"
            self.write(f"({known}[{attribute!r}] if {mapping} else ")
        self.write("value_of(")
        self.visit(node, frame)
        self.write(f", {attribute!r}))")

    def whole_numbers(self, node: nodes.BinExpr, frame: Frame) -> None:
        """Write an operation of what are mostly whole numbers; ``is_simple`` is true of it."""
        left, right = (self._number(each, frame) for each in (node.left, node.right))
        found, joint = f"{left} {node.operator} {right}", ""
        self.write(f"({found} if " if node.operator == "%" else "(made if ")
        # What is held first, so that it is known whatever else is asked.
        for side, known in sorted(
            ((node.left, left), (node.right, right)), key=lambda each: each[1] != "held"
        ):
            if not isinstance(side, nodes.Const):
                self.write(f"{joint}type({known}")
                self._rest(side, known, frame)
                self.write(") is int")
                joint = " and "
        if node.operator != "%":
            self.write(f"{joint}{-SMALL} < (made := {found}) < {SMALL}")
        self.write(f" else {OPERATORS[node.operator]}(")
        self._whole(node.left, left, frame)
        self.write(", ")
        self._whole(node.right, right, frame)
        self.write("))")

    def _number(self, node: nodes.Expr, frame: Frame) -> str:
        if isinstance(node, nodes.Name):
            return frame.symbols.ref(node.name)
        return repr(node.value) if isinstance(node, nodes.Const) else "held"

    def _rest(self, node: nodes.Expr, known: str, frame: Frame) -> None:
        if known == "held":
            self.write(" := ")
            self.visit(node, frame)

    def _whole(self, node: nodes.Expr, known: str, frame: Frame) -> None:
        if known == "held":
            self.write("held")
        else:
            self.visit(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(_SHOWN[_kind(node, self._names)][0])

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(_SHOWN[_kind(node, self._names)][1])


def is_simple(node: nodes.BinExpr) -> bool:
    """Whether one side of an operation is a name or written out, and the other one is not."""
    sides = [type(each) for each in (node.left, node.right)]
    numbers = [each for each in (node.left, node.right) if isinstance(each, nodes.Const)]
    return (
        node.operator != "**"
        and any(each in {nodes.Name, nodes.Const} for each in sides)
        and len(numbers) < 2
        and all(type(each.value) is int and 0 <= each.value < SMALL for each in numbers)
    )


def _kind(node: nodes.Node | None, names: Mapping[str, Kind]) -> Kind:
    """Return what a part probably is, where that can be told."""
    match node:
        case nodes.CondExpr():
            return _kind(node.expr1, names) or _kind(node.expr2, names)
        case nodes.Const():
            return type(node.value) if type(node.value) in _SHOWN else None
        case nodes.Name():
            return names.get(node.name, str)
        case nodes.Getattr(attr=asked) | nodes.Filter(name=asked):
            return int if asked in _COUNTS else str
        case nodes.Getitem():
            return str
    return int if isinstance(node, _NUMBERS) else None


def _kinds_of_names(tree: nodes.Node) -> dict[str, Kind]:
    """Return what the names of a template probably are, by what is first written for each."""
    kinds: dict[str, Kind] = {COUNT: int}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and _is_range(loop.iter):
            kinds.setdefault(loop.target.name, int)
    for each in tree.find_all(nodes.Assign):
        if isinstance(each.target, nodes.Name):
            kinds.setdefault(each.target.name, _kind(each.node, kinds))
    return kinds


def _is_range(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "range"
    )
