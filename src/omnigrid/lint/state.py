"""What is known at one point of a template: the names, and what was tested of them."""

from collections.abc import Iterable, Mapping

from omnigrid.model.shown import ANY, Sort, Value

Facts = frozenset[str]
"""Paths such as ``brand.license`` that are surely there; with ``?`` behind: that are not absent;
with ``!``: that are not none."""
NO_FACTS: Facts = frozenset()
NOTHING = ANY._replace(none=True)
"""The value none."""
MISSING = ANY._replace(absent=True)
"""What is not there."""


class State:
    """Names and facts. A branch of the template has one of its own."""

    def __init__(
        self,
        names: Mapping[str, Value],
        facts: Iterable[str] = (),
        implied: Mapping[str, Facts] | None = None,
    ) -> None:
        self.names, self.facts = dict(names), set(facts)
        self.implied = dict(implied or {})
        """What is sure where a name is true: what was tested when it was set."""

    def branch(self, facts: Iterable[str] = ()) -> "State":
        """Return the same state with more facts, to be changed on its own."""
        return State(self.names, self.facts.union(facts), self.implied)

    def bind(self, name: str, value: Value, implied: Facts = NO_FACTS) -> None:
        """Set a name: what was known of it is no longer."""
        self.names[name] = value
        self.facts = {fact for fact in self.facts if root_of(fact) != name}
        self.implied[name] = implied

    def meet(self, branches: "Iterable[State]") -> None:
        """Go on with what holds after each of some branches, of which one was taken."""
        ends = list(branches)
        for name in {name for end in ends for name in end.names}:
            values = [end.names.get(name, MISSING) for end in ends]
            if any(value is not self.names.get(name) for value in values):
                joined = values[0]
                for value in values[1:]:
                    joined = join(joined, value)
                self.bind(name, joined)


def root_of(path: str) -> str:
    """Return the name with which a path begins."""
    return path.rstrip("?!").partition(".")[0]


def join(one: Value, other: Value) -> Value:
    """Return what is known of a value that is one or the other."""
    if one is other:
        return one
    none, absent = one.none or other.none, one.absent or other.absent
    known = one
    if one.sort is Sort.ANY and (one.none or one.absent):
        known = other
    elif other.sort is Sort.ANY and (other.none or other.absent):
        known = one
    elif one.sort is not other.sort or one.fields != other.fields or one.macro is not other.macro:
        known = ANY
    elif one.sort is Sort.LIST and one.item != other.item:
        known = one._replace(item=ANY, path="")
    return known._replace(none=none, absent=absent)
