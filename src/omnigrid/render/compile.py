"""Jinja2's compiler, whose templates pay for what they do, and print in a shorter way."""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import Frame, operators

from omnigrid.render.counting import count_rounds
from omnigrid.render.inline import InlineGenerator, is_simple
from omnigrid.render.limits import CODE_OF_ONE
from omnigrid.render.operators import OPERATORS
from omnigrid.render.steps import Steps, entry

_MEMBER = {"in": "(member(", "notin": "(not member("}
_KNOWN = {
    "meter": "meter",
    "member": "meter.member",
    "seen": "meter.seen",
    "joined": "joined",
    "show": "escape_output",
    "escape_text": "escape_text",
    "value_of": "getattr",
    "item_of": "getitem",
    **{name: f"operators.{name}" for name in OPERATORS.values()},
}
"""What is written at the end of a template, once, so that its functions find it at once."""
_PLAIN = (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict)


class PackGenerator(InlineGenerator):
    """Writes the Python of a template: each function and loop tells the meter of its steps.

    ``root.pure`` says whether the template may be imported once for all sites, ``root.code`` how
    much Python it became.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._written = 0
        self._steps = Steps()
        self._counted: set[int] = set()
        self._entry = ""

    def write(self, x: str) -> None:
        """Write Python. Includes repeat every name of their template: the sum is bounded."""
        self._written += len(x)
        if self._written > CODE_OF_ONE:
            self.fail("the template becomes too much code: split it", 1)
        super().write(x)

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Write a node; what a loop goes through is paid for at once."""
        steps = self._steps.rounds.get(id(node))
        if steps is None:
            return super().visit(node, *args, **kwargs)
        counted = id(node) in self._counted
        self.write("enumerate(meter.loop(" if counted else "meter.loop(")
        super().visit(node, *args, **kwargs)
        return self.write(f", {steps}))" if counted else f", {steps})")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template."""
        pure = all(map(_is_pure, node.body))
        self._steps.pay(node)
        self._counted = count_rounds(node, self._steps.rounds)
        node.set_environment(self.environment)
        super().visit_Template(node, frame)
        self.writeline(f"root.pure, root.code = {pure}, {self._written}")
        for name, what in _KNOWN.items():
            self.writeline(f"{name} = environment.{what}")

    def macro_body(self, node: Any, frame: Frame) -> Any:
        """Write a macro, or what a call has between its tags."""
        self._entry = entry(self._steps.calls[id(node)])
        return super().macro_body(node, frame)

    def push_parameter_definitions(self, frame: Frame) -> None:
        """Write the first line of a macro: before its defaults, which may call it again."""
        self.writeline(self._entry)
        super().push_parameter_definitions(frame)

    # -- What is written in another way than Jinja2 writes it

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write what is printed; what follows on one another as one text.

        Each piece of a page goes through all blocks and parents that it stands in.
        """
        if frame.buffer is not None or len(node.nodes) == 1 or frame.require_output_check:
            super().visit_Output(node, frame)
            return
        self.writeline("yield joined((", node)
        self.indent()
        for child in node.nodes:
            self._piece(child, frame)
        self.outdent()
        self.writeline("))")

    def _piece(self, child: nodes.Expr, frame: Frame) -> None:
        finalize = self._make_finalize()
        try:
            const = self._output_child_to_const(child, frame, finalize)
            self.writeline(self._output_const_repr([const]))
        except Exception:  # As Jinja2: what cannot be worked out now is worked out by the page.
            self.newline(child)
            self._output_child_pre(child, frame, finalize)
            self.visit(child, frame)
            self._output_child_post(child, frame, finalize)
        self.write(",")

    def visit_Extends(self, node: nodes.Extends, frame: Frame) -> None:  # noqa: N802
        """Write that a template extends another one."""
        self.writeline("environment.count_parent(context)", node)
        super().visit_Extends(node, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.module(")
            self.visit(node.template, frame)
            self.write(f", {self.name!r})")

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,
    ) -> None:
        """Write a call. Methods are called by their name: they are no values."""
        self.write("show(" if forward_caller else "")
        if isinstance(node.node, nodes.Getattr):
            self.write("environment.call_method(")
            self.visit(node.node.node, frame)
            self.write(f", {node.node.attr!r}")
        else:
            self.write("environment.call(context, ")
            self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write("))" if forward_caller else ")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; what one makes of a whole block is printed, and safe only then."""
        printed = id(node) in self._steps.printed
        self._steps.printed.discard(id(node))
        self.write("show(" if printed else "")
        super().visit_Filter(node, frame)
        self.write(")" if printed else "")

    def _operator(self, node: nodes.BinExpr, frame: Frame) -> None:
        plain = node.operator in {"+", "-"} and (_is_number(node.left) or _is_number(node.right))
        if not plain and is_simple(node):
            self.whole_numbers(node, frame)
            return
        self.write("(" if plain else f"{OPERATORS[node.operator]}(")
        self.visit(node.left, frame)
        self.write(f" {node.operator} " if plain else ", ")
        self.visit(node.right, frame)
        self.write(")")

    visit_Add = _operator  # noqa: N815
    visit_Sub = _operator  # noqa: N815
    visit_Mul = _operator  # noqa: N815
    visit_Pow = _operator  # noqa: N815
    visit_Mod = _operator  # noqa: N815

    def _call_with(self, name: str, frame: Frame, *arguments: nodes.Expr) -> None:
        self.write(f"{name}(")
        for argument in arguments:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write ``a ~ b``."""
        self.write("environment.printer.concatenated((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Write a comparison; what may be long is looked through before."""
        first = node.ops[0]
        if len(node.ops) == 1 and first.op in _MEMBER:
            self.write(_MEMBER[first.op])
            self.visit(node.expr, frame)
            self.write(", ")
            self.visit(first.expr, frame)
            self.write("))")
            return
        # A number or text that is written out is never compared for long.
        plain = len(node.ops) == 1 and (_is_plain(node.expr) or _is_plain(first.expr))
        self.write("(")
        self._seen(node.expr, frame, plain=plain)
        for each in node.ops:
            self.write(f" {operators[each.op]} ")
            self._seen(each.expr, frame, plain=plain)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write a mapping; its keys are looked through to be hashed."""
        self.write("{")
        for pair in node.items:
            self._seen(pair.key, frame)
            self.write(": ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def _seen(self, node: nodes.Expr, frame: Frame, *, plain: bool = False) -> None:
        plain = plain or _is_plain(node)
        self.write("" if plain else "seen(")
        self.visit(node, frame)
        self.write("" if plain else ")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write ``a[b]``, or a slice."""
        if not isinstance(node.arg, nodes.Slice):
            self._call_with("item_of", frame, node.node, node.arg)
            return
        # Python warns of a number that is cut into parts where it is written so.
        literal = not isinstance(node.node, nodes.Name) and node.node.find(nodes.Name) is None
        self.write("meter.part(seen(" if literal else "meter.part(")
        self.visit(node.node, frame)
        self.write(")[" if literal else "[")
        self.visit(node.arg, frame)
        self.write("])")


def _is_number(node: nodes.Node) -> bool:
    """Whether a part is a number, so that a sum with it is one, and but a little longer."""
    return isinstance(node, nodes.Const) and type(node.value) in {int, float}


def _is_plain(node: nodes.Node) -> bool:
    """Whether a part is written out, as large as it stands there."""
    return all(isinstance(each, _PLAIN) for each in (node, *node.find_all(nodes.Expr)))


def _is_pure(node: nodes.Node) -> bool:
    """Whether a part of a template does the same for whoever imports it, and remembers nothing."""
    if isinstance(node, nodes.Assign):
        return _is_plain(node.node)
    if isinstance(node, nodes.Output):
        return all(isinstance(each, nodes.TemplateData) for each in node.nodes)
    return isinstance(node, nodes.Macro)
