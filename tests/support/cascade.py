"""The part of CSS that decides colours: which declarations win on an element, by the cascade.

Reads the style sheets as a browser would at one width, on a screen or on paper.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

import cssselect2
import tinycss2
from cssselect2.compiler import CompiledSelector
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_WIDTH = re.compile(r"\((min|max)-width:\s*([\d.]+)rem\)")
_SKIPPED = ("forced-colors", "prefers-", "animation-timeline")
_READ = {"color", "background", "background-color", "fill", "display", "opacity", "content"}
_READ |= {"outline", "outline-color"}
_POINTED = re.compile(r":hover|:focus-visible")


class Medium(NamedTuple):
    """Where a page is looked at; ``modern`` browsers know relative colours."""

    width: float
    paper: bool = False
    pointed: bool = False
    """With the pointer or the keyboard on everything at once."""
    modern: bool = True


class Rule(NamedTuple):
    """A selector with what it declares; the conditions around it, outermost first."""

    selector: CompiledSelector
    declarations: tuple[tuple[str, str, bool], ...]
    conditions: tuple[str, ...]
    pointed: bool
    """It speaks of what is pointed at."""
    order: int

    def applies(self, medium: Medium) -> bool:
        """Return whether its conditions hold."""
        return (medium.pointed or not self.pointed) and _hold(self.conditions, medium)


def read_rules(css: str) -> list[Rule]:
    """Return the rules of a style sheet in their order; pointing at something is left out."""
    rules = []
    for order, (rule, conditions) in enumerate(_flat(css, ())):
        if declarations := _declarations(rule):
            prelude = _text(rule.prelude)
            pointed = bool(_POINTED.search(prelude))
            for selector in cssselect2.compile_selector_list(_POINTED.sub(":not(.x)", prelude)):
                rules.append(Rule(selector, declarations, conditions, pointed, order))
    return rules


def _flat(
    content: str | list[Node], conditions: tuple[str, ...]
) -> Iterator[tuple[QualifiedRule, tuple[str, ...]]]:
    for node in tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True):
        match node:
            case QualifiedRule():
                yield node, conditions
            case AtRule(lower_at_keyword="media" | "supports"):
                condition = f"{node.lower_at_keyword} {_text(node.prelude)}"
                yield from _flat(node.content or [], (*conditions, condition))
            case AtRule(lower_at_keyword="keyframes" | "page" | "view-transition"):
                pass
            case _:
                raise AssertionError(node)


@lru_cache(maxsize=1024)
def _hold(conditions: tuple[str, ...], medium: Medium) -> bool:
    return all(_holds(condition, medium) for condition in conditions)


def _holds(condition: str, medium: Medium) -> bool:
    if any(word in condition for word in _SKIPPED):
        return False
    if condition.startswith("supports"):
        return medium.modern
    paper = "print" in condition
    if paper != medium.paper and (paper or "screen" in condition):
        return False
    return all(
        medium.width >= float(width) if side == "min" else medium.width <= float(width)
        for side, width in _WIDTH.findall(condition)
    )


def _declarations(rule: QualifiedRule) -> tuple[tuple[str, str, bool], ...]:
    found = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
    assert all(isinstance(d, Declaration) for d in found), _text(rule.prelude)
    return tuple((d.name, _text(d.value), d.important) for d in found if _matters(d.name))


def _matters(name: str) -> bool:
    return name in _READ or name.startswith("--")


def _text(nodes: list[Node]) -> str:
    return str(tinycss2.serialize(nodes)).strip()


class Styles:
    """A style sheet as it was asked about elements; what matches is the same in each medium."""

    def __init__(self, css: str) -> None:
        self._matcher = cssselect2.Matcher()
        for rule in read_rules(css):
            self._matcher.add_selector(rule.selector, rule)
        self._known: dict[ET.Element, list[tuple[str | None, tuple[int, ...], Rule]]] = {}

    def winners(
        self, element: cssselect2.ElementWrapper, medium: Medium, part: str | None = None
    ) -> dict[str, str]:
        """Return the declared value of each property that wins on an element, or a part of it."""
        found: dict[str, tuple[tuple[bool, tuple[int, ...], int], str]] = {}
        for pseudo, specificity, rule in self._matches(element):
            if pseudo != part or not rule.applies(medium):
                continue
            for name, value, important in rule.declarations:
                weight = (important, specificity, rule.order)
                if name not in found or found[name][0] <= weight:
                    found[name] = (weight, value)
        return {name: value for name, (_, value) in found.items()}

    def _matches(
        self, element: cssselect2.ElementWrapper
    ) -> list[tuple[str | None, tuple[int, ...], Rule]]:
        node = element.etree_element
        if node not in self._known:
            matches = self._matcher.match(element)
            self._known[node] = [(part, weight, rule) for weight, _, part, rule in matches]
        return self._known[node]
