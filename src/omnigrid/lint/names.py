"""What a template names, wherever it stands in it: filters, tests and blocks."""

from collections.abc import Iterator

from jinja2 import nodes

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.templates import Parsed, Templates
from omnigrid.model.findings import Finding, Place, Severity


def check_names(template: Parsed, templates: Templates) -> Iterator[Finding]:
    """Yield the filters and tests that there are not, and the blocks that nobody shows."""
    environment = templates.environment
    for kind, known in ((nodes.Filter, environment.filters), (nodes.Test, environment.tests)):
        for node in template.tree.find_all(kind):
            name = str(getattr(node, "name"))  # noqa: B009  (both kinds have one)
            if name not in known:
                yield _unknown(template, node, name, kind.__name__.lower(), [*known])
    yield from _unseen_blocks(template, templates)


def _unknown(template: Parsed, node: nodes.Node, name: str, kind: str, known: list[str]) -> Finding:
    place = Place(template.source.path, span=template.source.word(node.lineno, name))
    hint = did_you_mean(nearest(name, known)) or f"docs/packs.md lists the {kind}s"
    return Finding("OG410", f'there is no {kind} "{name}"', place, hint)


def _unseen_blocks(template: Parsed, templates: Templates) -> Iterator[Finding]:
    known: set[str] = set()
    parent, seen = _parent(template, templates), {template.name}
    if parent is None:
        return
    while parent is not None and parent.name not in seen:
        known |= {block.name for block in parent.tree.find_all(nodes.Block)}
        seen.add(parent.name)
        if parent.tree.find(nodes.Extends) is not None and _parent(parent, templates) is None:
            return  # What it shows is known only when it is rendered.
        parent = _parent(parent, templates)
    for block in _outermost(template.tree):
        if block.name not in known:
            span = template.source.word(block.lineno, block.name)
            hint = (
                did_you_mean(nearest(block.name, known))
                or f"its blocks: {', '.join(sorted(known))}"
            )
            yield Finding(
                "OG412",
                f'the block "{block.name}" is never shown: what it extends has none of that name',
                Place(template.source.path, span=span),
                hint,
                Severity.WARNING,
            )


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _parent(template: Parsed, templates: Templates) -> Parsed | None:
    extends = template.tree.find(nodes.Extends)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return None
    return templates.get(str(extends.template.value))
