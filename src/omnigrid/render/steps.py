"""What each part of a template costs, told before it is compiled."""

from collections.abc import Iterable

from jinja2 import nodes

_DEAR = (nodes.Filter, nodes.Test, nodes.Call, nodes.Include, nodes.Import, nodes.FromImport)
_BODIES = (nodes.Macro, nodes.CallBlock, nodes.Block)
"""What becomes a function of its own."""


class Steps:
    """Counts the steps of a template's parts, by the ids of its nodes."""

    def __init__(self) -> None:
        self.rounds: dict[int, int] = {}
        """Of each round, by what a loop goes through."""
        self.calls: dict[int, int] = {}
        """Of each call of a macro."""
        self.printed: set[int] = set()
        """Filters of whole blocks, whose result is printed."""

    def pay(self, node: nodes.Template | nodes.Macro | nodes.CallBlock | nodes.Block) -> None:
        """Let a function begin and end with a word to the meter."""
        steps = 1 + self._steps(node.body) + self._steps(getattr(node, "defaults", ()))
        if isinstance(node, nodes.Template | nodes.Block):
            node.body.insert(0, _statement(entry(steps), node.lineno))
        else:
            self.calls[id(node)] = steps
        node.body.append(_statement("meter.depth -= 1", node.lineno))

    def _steps(self, found: Iterable[nodes.Node]) -> int:
        return sum(map(self._steps_of, found))

    def _steps_of(self, node: nodes.Node) -> int:
        if isinstance(node, nodes.TemplateData):
            return 1 + (len(node.data) >> 4)
        if isinstance(node, nodes.For):
            return self._steps_of_loop(node)
        if isinstance(node, _BODIES):
            self.pay(node)
            return 2 + (self._steps_of(node.call) if isinstance(node, nodes.CallBlock) else 0)
        if isinstance(node, nodes.FilterBlock | nodes.AssignBlock) and node.filter is not None:
            self.printed.add(id(node.filter))
        for some in (getattr(node, "dyn_args", None), getattr(node, "dyn_kwargs", None)):
            if some is not None:
                self.rounds[id(some)] = 1
        return (4 if isinstance(node, _DEAR) else 1) + self._steps(node.iter_child_nodes())

    def _steps_of_loop(self, node: nodes.For) -> int:
        each = 1 + self._steps(node.body) + (self._steps_of(node.test) if node.test else 0)
        if node.recursive:  # It is called with lists that are not seen here.
            node.body.insert(0, _statement(f"meter.burn({each})", node.lineno))
        steps = 2 + self._steps_of(node.iter) + self._steps(node.else_)
        self.rounds[id(node.iter)] = each
        return steps


def entry(steps: int) -> str:
    """Return the first statement of a function."""
    return f"meter.enter({steps})"


def _statement(code: str, line: int) -> nodes.ExprStmt:
    """Return a statement of our own among those of a template, as Jinja2's parser makes them."""
    name = object.__new__(nodes.InternalName)
    nodes.Node.__init__(name, code, lineno=line)
    return nodes.ExprStmt(name, lineno=line)
