"""YAML as editors read it: the core schema of YAML 1.2 (chapter 10.3), which guesses types."""

import re
from typing import Any

import yaml

_CORE = (
    (r"null|Null|NULL|~|", lambda _: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)


class _Loader(yaml.BaseLoader):
    """Texts first; plain scalars are resolved after them."""


def _scalar(loader: _Loader, node: yaml.ScalarNode) -> Any:
    text: str = node.value
    if node.style is None:
        for pattern, convert in _CORE:
            if re.fullmatch(pattern, text):
                return convert(text)
    return text


_Loader.add_constructor("tag:yaml.org,2002:str", _scalar)


def read_yaml12(text: str) -> Any:
    """Return the data of a document as an editor sees it."""
    return yaml.load(text, _Loader)  # noqa: S506  (it makes nothing but plain data)
