"""The description of the API (OpenAPI 3.1), made from the types of its questions and answers."""

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from omnigrid import __version__
from omnigrid.model.service import ProblemDocument
from omnigrid.serve.operations import OPERATIONS, Operation
from omnigrid.serve.problems import TYPE

_REFERENCE = "#/components/schemas/{name}"
_PROBLEMS = {
    "400": "The request is not understood.",
    "401": "The preview is guarded by a token, which is missing or wrong.",
    "403": "The request comes from another site.",
    "404": "There is nothing of that name.",
    "409": "Something else is at work, or stands in the way.",
    "411": "The length of the body is not said.",
    "413": "The request is too large.",
    "415": "The body is of another type.",
    "421": "The preview is not called by this name.",
    "422": "The body does not fit.",
    "503": "The portfolio has faults, so that nothing is known yet.",
}
FILE = "application/octet-stream"
_BYTES = {"type": "string", "format": "binary"}
_OF_BODIES = {"411", "413", "415", "422"}


def openapi_document(operations: Sequence[Operation] = OPERATIONS) -> dict[str, Any]:
    """Return the description of the API."""
    kinds: list[Any] = [ProblemDocument]
    for each in operations:
        kinds += [each.answers, *([each.takes] if each.takes else [])]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    rest = iter(schemas[1:])
    for each in operations:
        answers, takes = next(rest), next(rest) if each.takes else None
        described = _described(each, answers, takes, schemas[0])
        paths.setdefault(each.path, {})[each.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "omnigrid preview",
            "version": __version__,
            "description": "The API of `omnigrid preview`. Where an operation names a twin, the "
            "build holds the same as a file.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": json.loads(msgspec.json.encode(components))},
    }


def openapi_text() -> str:
    """Return the description as it stands in docs/openapi.json."""
    return json.dumps(openapi_document(), indent=2, ensure_ascii=False) + "\n"


def _described(each: Operation, answers: Any, takes: Any, problem: Any) -> dict[str, Any]:
    has_body = takes or each.largest_file
    known = _PROBLEMS if has_body else {k: v for k, v in _PROBLEMS.items() if k not in _OF_BODIES}
    told: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        **({"description": f"The build has the same in `{each.twin}`."} if each.twin else {}),
        "parameters": [*map(_in_path, re.findall(r"{(\w+)}", each.path)), *_in_query(each)],
        "responses": {
            "200": {"description": "The answer.", "content": _content("application/json", answers)}
        }
        | {
            code: {"description": why, "content": _content(TYPE, problem)}
            for code, why in known.items()
        },
    }
    if takes:
        told["requestBody"] = {"required": True, "content": _content("application/json", takes)}
    if each.largest_file:
        told["requestBody"] = {"required": True, "content": _content(FILE, _BYTES)}
    return told


def _content(kind: str, schema: Any) -> dict[str, Any]:
    return {kind: {"schema": schema}}


def _in_path(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(each: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": parameter.name,
            "in": "query",
            "description": parameter.description,
            "required": parameter.required,
            "schema": {"type": parameter.kind},
        }
        for parameter in each.query
    ]
