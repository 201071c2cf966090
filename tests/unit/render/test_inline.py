"""What templates do without a call is what the functions for it do, for every kind of value."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from markupsafe import Markup

from omnigrid.model.packs import BASE_PACK
from omnigrid.render.environment import pack_environment
from omnigrid.render.limits import Allowance
from omnigrid.render.meter import metered
from omnigrid.render.sandbox import PackEnvironment
from support.values import PACK, packs

_TEXTS = st.sampled_from(["", "a", "<b>", "%s", "x" * 100, "<" * 60])
_VALUES = st.one_of(
    st.integers(-5, 40),
    st.integers(-(1 << 70), 1 << 70),
    st.sampled_from([1 << 1999, -(1 << 1999), (1 << 30) - 1, 1 - (1 << 30)]),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.none(),
    _TEXTS,
    _TEXTS.map(Markup),
    st.lists(st.integers(), max_size=3),
    st.just({"b": 3, "index": 4}),
    _TEXTS.map(lambda text: {"b": text}),
)
_OPERATIONS = [
    (f"l {sign} r", f"v[0] {sign} v[1]", f"v[0] {sign} r", f"l {sign} v[1]") for sign in "+-*%"
] + [
    (f"{form} ", f"{form.replace('l', 'v[0]').replace('7', 'v[2]')}")
    for form in ("l * 7", "7 * l", "l % 7", "7 % l", "7 - l", "l + 7")
]
"""Forms that mean the same. Where both sides are items, the functions alone work them out."""


@pytest.fixture(scope="module")
def environment() -> PackEnvironment:
    given_packs = packs("")
    return pack_environment(given_packs[PACK], given_packs[BASE_PACK])


@cache
def _template(made: PackEnvironment, source: str) -> Template:
    return made.from_string(source)


def printed(made: PackEnvironment, source: str, **values: Any) -> str:
    """Return what a template prints, or how it fails."""
    with metered(made.meter, Allowance()):
        try:
            return _template(made, source).render(**values)
        except Exception as error:  # Of any kind: both forms fail alike.
            return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("forms", _OPERATIONS)
@given(left=_VALUES, right=_VALUES)
def test_an_operation_is_what_its_function_makes(
    environment: PackEnvironment, forms: tuple[str, ...], left: Any, right: Any
) -> None:
    values = {"l": left, "r": right, "v": [left, right, 7]}
    expected = printed(environment, f"{{{{ [{forms[1]}][0] }}}}", **values)
    for form in forms:
        assert printed(environment, f"{{{{ {form} }}}}", **values) == expected
        assert printed(environment, f"{{% set x = {form} %}}{{{{ x }}}}", **values) == expected


@given(value=_VALUES)
def test_an_attribute_is_what_its_function_finds(environment: PackEnvironment, value: Any) -> None:
    for name in ("b", "index", "items", "_b"):
        try:
            with metered(environment.meter, Allowance()):
                expected = str(environment.escape_output(environment.getattr(value, name)))
        except Exception as error:
            expected = f"{type(error).__name__}: {error}"
        for form in (f"{{{{ l.{name} }}}}", f"{{{{ v[0].{name} }}}}"):
            assert printed(environment, form, l=value, v=[value]) == expected
