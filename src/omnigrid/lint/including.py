"""Templates that another one imports or includes."""

from collections.abc import Mapping

from jinja2 import nodes

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.state import State
from omnigrid.lint.templates import Parsed
from omnigrid.lint.walk import Walk, is_code
from omnigrid.model.shown import ANY, Sort, Value


class Including(Walk):
    """Follows ``import``, ``from`` and ``include``."""

    def _at_import(self, node: nodes.Import | nodes.FromImport, state: State) -> None:
        template = self._named(node, self._here[-1])
        module = self._module(template, state.names if node.with_context else {})
        if isinstance(node, nodes.Import):
            state.bind(node.target, module)
            return
        for name in node.names:
            original, target = name if isinstance(name, tuple) else (name, name)
            state.bind(target, module.fields.get(original, ANY))
            if template is not None and original not in module.fields:
                near = did_you_mean(nearest(original, module.fields))
                span = self._source.word(node.lineno, original)
                message = f'{template.name} has no macro "{original}"'
                self.trail.found(self._source, span, "OG410", message, near)

    _at_fromimport = _at_import

    def _module(self, template: Parsed | None, names: Mapping[str, Value]) -> Value:
        if template is None or template in self._here:
            return ANY
        self.trail.templates.add(template.name)
        state = State(names)
        self._blocks.append(None)
        self._inside(template, [n for n in template.tree.body if is_code(n)], state)
        self._blocks.pop()
        made = {name: value for name, value in state.names.items() if name not in names}
        return Value(Sort.MODULE, made)

    def _at_include(self, node: nodes.Include, state: State) -> None:
        match node.template:
            case nodes.Const(value=str(name)):
                names = [name]
            case nodes.List(items=items) | nodes.Tuple(items=items):
                names = [n.value for n in items if isinstance(n, nodes.Const)]
            case _:
                self._value(node.template, state)
                return
        found = next((name for name in names if self._templates.exists(name)), None)
        if found is None and not node.ignore_missing and names:
            shown = ", ".join(names)
            near = did_you_mean(nearest(names[0], self._templates.names()))
            span = self._source.word(node.lineno, names[0])
            self.trail.found(self._source, span, "OG410", f'there is no template "{shown}"', near)
        template = self._templates.get(found) if found else None
        if template is not None and template not in self._here:
            self.trail.templates.add(template.name)
            inner = state.branch() if node.with_context else State({})
            self._inside(template, template.tree.body, inner)
