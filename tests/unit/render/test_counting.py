"""A counted loop prints what a loop object would; where one may be seen, none is counted."""

import pytest
from jinja2 import nodes

from omnigrid.model.packs import BASE_PACK
from omnigrid.render.counting import count_rounds
from omnigrid.render.environment import pack_environment
from omnigrid.render.limits import Allowance
from omnigrid.render.meter import metered
from support.values import PACK, packs

COUNTED = [
    "{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ x }}",
    "{{ loop.index * 2 - loop.index0 }}",
    "{% set x = x ~ loop.index %}{{ x }}",
    "{% for y in v %}{{ y }}{% endfor %}{{ loop.index }}",
    "{% for y in v %}{{ y }}{{ loop.index }}{% endfor %}{{ loop.index }}",
    "{% for y in v %}{{ loop.last }}{% endfor %}{{ loop.index }}",
    "{% for y in range(loop.index) %}{{ y }}{{ loop.first }}{% endfor %}",
    "{% for y in v if y != loop.index %}{{ y }}{% endfor %}",
    "{% for y in [] %}{% else %}{{ loop.index0 }}{% endfor %}",
    "{% if loop.first %}{{ x }}{% elif loop.index == 2 %}!{% endif %}",
]
SEEN = [
    "{{ loop.last }}{{ loop.index }}",
    "{{ loop }}",
    "{{ loop.cycle(1, 2) }}{{ loop.index }}",
    "{% macro m() %}{{ loop.index }}{% endmacro %}{{ m() }}",
    "{% for y in loop.index %}{% endfor %}",
    "{% include 'own.html' %}{{ loop.index }}",
    "{{ x }}",
]


def rendered(body: str) -> str:
    """Return what a loop with such a body prints, or why it fails."""
    given = packs(f"{{% for x in v %}}{body} {{% endfor %}}", **{"own.html": "{{ loop.index }}"})
    made = pack_environment(given[PACK], given[BASE_PACK])
    with metered(made.meter, Allowance()):
        try:
            return made.get_template("index.html").render(v=[1, "a", 3])
        except Exception as error:  # Of any kind: both forms fail alike.
            return f"{type(error).__name__}: {error}"


def is_counted(body: str) -> bool:
    given = packs("")
    made = pack_environment(given[PACK], given[BASE_PACK])
    tree = made.parse(f"{{% for x in v %}}{body}{{% endfor %}}")
    loop = tree.find(nodes.For)
    assert loop is not None
    fixed = {id(each.iter) for each in tree.find_all(nodes.For)}
    return id(loop.iter) in count_rounds(tree, fixed)


@pytest.mark.parametrize("body", COUNTED)
def test_a_counted_loop_prints_what_a_loop_object_does(body: str) -> None:
    assert is_counted(body)
    assert rendered(body) == rendered(body + "{{ loop.depth0 or '' }}")


@pytest.mark.parametrize("body", SEEN)
def test_a_loop_that_may_be_seen_is_not_counted(body: str) -> None:
    assert not is_counted(body)
