"""The reference pages of the documentation: every key of every file, every code."""

import json
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from omnigrid.check.schemas import what_to_write
from omnigrid.model.codes import CODES
from omnigrid.model.examples import example_of, group_in, is_list
from omnigrid.model.formats import FORMATS, PAGE, Format
from omnigrid.model.meanings import MEANINGS
from omnigrid.model.yaml_text import yaml_lines

_MADE = "<!-- Made by scripts/generate from src/omnigrid/model/. Change the text there. -->"


def reference_pages() -> dict[str, str]:
    """Return every reference page by its path in the repository."""
    pages = {f"docs/formats/{form.name}.md": format_page(form) for form in FORMATS}
    return pages | {"docs/diagnostics.md": codes_page()}


def format_page(form: Format) -> str:
    """Return the page about one kind of file, in Markdown."""
    rows = "\n".join(_rows(form.shape, form.either))
    places = ", ".join(f"`{place}`" for place in form.files)
    return f"""# {form.title}
{_MADE}

{form.text}

Where: {places}

| key | needed | what it means | what to write |
| --- | --- | --- | --- |
{rows}

## With every key
```{"json" if form.is_json else "yaml"}
{example_text(form)}
```

In an editor: [the schema](../../schemas/{form.name}.schema.json). [All files](../formats.md)
"""


def example_text(form: Format) -> str:
    """Return a file that has every key; of keys of which one is enough, the first."""
    example = {k: v for k, v in example_of(form.shape).items() if k not in form.either[1:]}
    if form.is_json:
        return json.dumps(example, indent=2)
    text = "\n".join(line for key, value in example.items() for line in yaml_lines(key, value))
    return f"---\n{text}\n---" if form is PAGE else text


def _rows(shape: type[Struct], either: tuple[str, ...] = (), prefix: str = "") -> Iterator[str]:
    hints = get_type_hints(shape, include_extras=True)
    for field in msgspec.structs.fields(shape):
        key, hint = field.name, hints[field.name]
        needed = "yes" if field.required else "one of these" if key in either else ""
        cells = (f"`{prefix}{key}`", needed, MEANINGS[shape][key].text, _said(field.default, hint))
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
        group = group_in(hint)
        if group:
            inner = f"{prefix}{key}{'[]' if is_list(hint) else ''}."
            yield from _rows(group, prefix=inner)


def _said(default: Any, hint: Any) -> str:
    if isinstance(default, str | bool | int | float):
        plain = msgspec.to_builtins(default)
        return f"{what_to_write(hint)}; default: {str(plain).lower()}"
    return what_to_write(hint)


def codes_page() -> str:
    """Return the page about all codes, in Markdown."""
    intro = (
        "`omnigrid check` names a code with each fault. A code never changes its meaning. "
        "`omnigrid explain OG104` prints what stands here."
    )
    parts = (f"## {code}: {page.title}\n{page.text}" for code, page in sorted(CODES.items()))
    return "\n\n".join([f"# The codes of messages\n{_MADE}", intro, *parts]) + "\n"
