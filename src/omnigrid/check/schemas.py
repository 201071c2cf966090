"""JSON Schemas of the files, for editors that check and complete while somebody types.

JSON Schema draft 2020-12. Made from the types and their meanings, so that an editor and `check`
agree. Editors read YAML 1.2, which takes `name: 1984` for a number where we take it for a text:
such keys accept numbers here. A key with nothing behind it is left out by `check`, but named by an
editor: accepting null would make it offer `null` for every key.
"""

import enum
import json
import re
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from omnigrid.check.shapes import described
from omnigrid.model.examples import group_in, is_list
from omnigrid.model.formats import FORMATS, Format
from omnigrid.model.meanings import MEANINGS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS_FOLDER = "schemas"
_NUMBERS = ("7", "1984", "1.5")
"""Where a text may look like these, an editor reads a number."""


def schema_path(name: str) -> str:
    """Return where the schema of a format stands in a portfolio."""
    return f"{SCHEMAS_FOLDER}/{name}.schema.json"


def schema_files() -> dict[str, str]:
    """Return the schema of every format as a file, by its path in a portfolio."""
    return {schema_path(form.name): schema_text(form) for form in FORMATS}


def schema_text(form: Format) -> str:
    """Return a format's schema as a file."""
    return json.dumps(format_schema(form), indent=2, ensure_ascii=False) + "\n"


def editor_settings() -> dict[str, str]:
    """Return the settings of Visual Studio Code that tie the files to their schemas."""
    yaml_files = {
        f"./{schema_path(form.name)}": list(form.files)
        for form in FORMATS
        if form.files[0].endswith(".yaml")
    }
    json_files = [
        {"fileMatch": list(form.files), "url": f"./{schema_path(form.name)}"}
        for form in FORMATS
        if form.is_json
    ]
    settings = {".vscode/settings.json": {"yaml.schemas": yaml_files, "json.schemas": json_files}}
    advice = {".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]}}
    return {path: json.dumps(v, indent=2) + "\n" for path, v in (settings | advice).items()}


def format_schema(form: Format) -> Schema:
    """Return a format's schema."""
    head = {
        "$schema": DIALECT,
        "$id": f"urn:omnigrid:schema:{form.name}",
        "title": form.title,
        "description": form.text,
    }
    either = {"anyOf": [{"required": [key]} for key in form.either]} if form.either else {}
    return head | _group(form.shape) | either


def _group(shape: type[Struct]) -> Schema:
    hints = get_type_hints(shape, include_extras=True)
    fields = msgspec.structs.fields(shape)
    return {
        "type": "object",
        "properties": {field.name: _key(shape, field, hints[field.name]) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _key(shape: type[Struct], field: FieldInfo, hint: Any) -> Schema:
    meaning = MEANINGS[shape][field.name]
    said = meaning.text if group_in(hint) else f"{meaning.text}\n\nWrite {what_to_write(hint)}."
    made: Schema = {"description": said} | _value(hint)
    if meaning.example is not None:
        made["examples"] = [meaning.example]
    if isinstance(field.default, str | bool | int | float):
        made["default"] = msgspec.to_builtins(field.default)
    return made


def _value(hint: Any) -> Schema:
    """Return the schema of a type, without its descriptions and without None."""
    expected, plain = described(hint)
    if isinstance(plain, type) and issubclass(plain, Struct):
        return _group(plain)
    if isinstance(plain, type) and issubclass(plain, enum.Enum):
        return {"enum": [member.value for member in plain]}
    made = msgspec.json.schema(hint)
    made = next((each for each in made.get("anyOf", ()) if each != {"type": "null"}), made)
    made = {key: value for key, value in made.items() if key not in {"$defs", "description"}}
    if get_origin(plain) is tuple:
        made["items"] = _value(get_args(plain)[0])
    elif get_origin(plain) is dict:
        key, value = get_args(plain)
        made["additionalProperties"] = _value(value)
        if isinstance(key, type) and issubclass(key, enum.Enum):
            made["propertyNames"] = _value(key)
    elif "pattern" in made:
        made["patternErrorMessage"] = f"Write {expected}."
    return _read_as_text(made)


def _read_as_text(made: Schema) -> Schema:
    """Return the schema of a text so that it takes what editors read as a number."""
    loose = made["type"] == "string" and "format" not in made
    if loose and any(re.search(made.get("pattern", ""), number) for number in _NUMBERS):
        return made | {"type": ["string", "number"]}
    return made


def what_to_write(hint: Any) -> str:
    """Return what a value of a type is, in words."""
    expected, plain = described(hint)
    match get_origin(plain), get_args(plain):
        case _ if group_in(hint):
            return "a list of groups of the keys below" if is_list(hint) else "the keys below"
        case (origin, (item, *_)) if origin is tuple:
            return f"a list, each item {what_to_write(item)}"
        case (origin, (_, value)) if origin is dict:
            return f"names with values, one a line, each value {what_to_write(value)}"
    return expected
