"""New files that are valid as they stand, every key explained by a comment. Pure text."""

from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from typing import Any

from omnigrid.model.examples import example_of, groups_of
from omnigrid.model.formats import PACK, PAGE, Format
from omnigrid.model.meanings import MEANINGS
from omnigrid.model.yaml_text import yaml_lines

Facts = dict[str, Any]
"""Keys and their values, as plain data."""

PACK_TOKENS: list[Facts] = [
    {
        "name": "radius",
        "type": "length",
        "default": "0.5rem",
        "text": "How round the corners are.",
    },
    {
        "name": "title",
        "type": "colour",
        "default": "ink",
        "text": "The colour of headings.",
        "grounds": ["ground"],
    },
]
"""Design tokens of a new pack: what ``starter/pack/styles.css`` uses."""
_MORE = "# More keys. To use one, take away the # in front of it."
_BODY = """\
Write here what answers the need, in Markdown. The first lines are shown where the page is listed.

## What to look for

- the first thing
- the second thing
"""


def draft_text(form: Format, facts: Facts, schema: str | None = None) -> str:
    """Return a YAML file with some facts, and all other keys as comments.

    ``schema`` is the way from the file to its schema, for editors.
    """
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    for key in MEANINGS[form.shape]:
        if key in facts:
            lines += [f"# {MEANINGS[form.shape][key].text}", *_given(form, key, facts[key])]
    return "\n".join([*lines, *_others(form, facts)]) + "\n"


def page_text(facts: Facts) -> str:
    """Return a content page with some facts in its front matter."""
    return f"---\n{draft_text(PAGE, facts)}---\n\n{_BODY}"


def pack_texts(facts: Facts, schema: str | None = None) -> dict[str, str]:
    """Return the files of a template pack by their path in its folder."""
    folder = package_files("omnigrid.starter") / "pack"
    made = {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir()}
    return {"pack.yaml": draft_text(PACK, facts, schema)} | dict(sorted(made.items()))


def _given(form: Format, key: str, value: Any) -> Iterator[str]:
    """Yield the lines of a key; of a group, its other keys follow as comments."""
    yield from yaml_lines(key, value)
    group = groups_of(form.shape).get(key)
    if group and isinstance(value, Mapping):
        for name, example in example_of(group).items():
            if name not in value:
                yield from (f"#{line}" for line in yaml_lines(name, example, "  "))


def _others(form: Format, facts: Facts) -> Iterator[str]:
    yield ""
    yield _MORE
    for key, example in example_of(form.shape).items():
        if key not in facts:
            yield f"# {MEANINGS[form.shape][key].text}"
            yield from (f"#{line}" for line in yaml_lines(key, example))
