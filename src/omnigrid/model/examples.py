"""Groups of keys inside a shape, and a whole example of it from its keys' meanings."""

from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct

from omnigrid.model.meanings import MEANINGS


def group_in(hint: Any) -> type[Struct] | None:
    """Return the group of keys that a type is, is optionally, or is a list of."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint
    return next((group for arg in get_args(hint) if (group := group_in(arg))), None)


def groups_of(shape: type[Struct]) -> dict[str, type[Struct]]:
    """Return the keys of a shape that are groups, each with its own shape."""
    hints = get_type_hints(shape, include_extras=True)
    return {key: group for key, hint in hints.items() if (group := group_in(hint))}


def is_list(hint: Any) -> bool:
    """Whether a type is a list, or optionally one."""
    return get_origin(hint) is tuple or any(is_list(arg) for arg in get_args(hint))


def example_of(shape: type[Struct]) -> dict[str, Any]:
    """Return an example of a shape with every key, as plain data."""
    hints = get_type_hints(shape, include_extras=True)
    groups = groups_of(shape)
    found: dict[str, Any] = {}
    for key, meaning in MEANINGS[shape].items():
        if key in groups:
            inner = example_of(groups[key])
            found[key] = [inner] if is_list(hints[key]) else inner
        else:
            found[key] = meaning.example
    return found
