"""The API, operation by operation: what each is asked, and answers."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from omnigrid.model.launching import LARGEST_FILE, Launch, LaunchState, Look, Uploaded
from omnigrid.model.service import Condition, Configuration, Found, Package, Query

Document = dict[str, Any]
"""An answer that is the same as a file below ``build/api/``."""


class Asked(Struct, frozen=True):
    """A request, taken apart."""

    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: Any = None
    """Of the type that the operation takes; bytes where it takes a file."""


Answer = Callable[[Asked], object]
"""Answers one operation; raises Problem. Called in threads."""


class Parameter(Struct, frozen=True):
    """A value in a path or a query."""

    name: str
    description: str
    kind: str = "string"
    """A type of JSON Schema."""
    required: bool = False


class Operation(Struct, frozen=True):
    """One way to ask."""

    name: str
    method: str
    path: str
    summary: str
    answers: Any
    """The type of the answer."""
    takes: type[Struct] | None = None
    """The type of the body."""
    largest_file: int = 0
    """Bytes of the file that is the body; 0 where there is none."""
    query: tuple[Parameter, ...] = ()
    twin: str = ""
    """The file of the build that says the same, where there is one."""


_ID = Parameter("brand_id", "The id of a brand.", required=True)
_CONFIRM = Parameter("confirm", "Whether other machines are published to, too.", "boolean")
_NAME = Parameter("name", "The name of the file, up to 255 letters.", required=True)
_SINCE = Parameter("since", "Only lines of the log from this number on.", "integer")

OPERATIONS = (
    Operation(
        "query_intent",
        "POST",
        "/query/intent",
        "The brands that answer an intent, best first; none where no brand fits well.",
        tuple[Found, ...],
        Query,
    ),
    Operation("brand", "GET", "/brand/{id}", "A brand.", Document, twin="api/brands/{id}.json"),
    Operation(
        "sectors",
        "GET",
        "/sectors/all",
        "All sectors, with their health and size.",
        Document,
        twin="api/sectors.json",
    ),
    Operation(
        "sector",
        "GET",
        "/sector/{id}",
        "A sector, by its id or its name.",
        Document,
        twin="api/sectors/{id}.json",
    ),
    Operation(
        "template", "GET", "/template/{id}", "A template pack.", Document, twin="api/templates.json"
    ),
    Operation("stats", "GET", "/stats", "The portfolio in numbers.", Document),
    Operation(
        "status",
        "GET",
        "/status",
        "The health of the portfolio and of each sector.",
        Document,
        twin="api/status.json",
    ),
    Operation("health", "GET", "/health", "How the preview is.", Condition),
    Operation("config", "GET", "/config", "The configuration, without secrets.", Configuration),
    Operation(
        "deploy",
        "POST",
        "/deploy/package",
        "Publish a brand: to targets on this machine, and to others where that is confirmed.",
        Package,
        query=(_ID, _CONFIRM),
    ),
    Operation(
        "upload",
        "POST",
        "/deploy/file",
        "Read a file, as `omnigrid drop` does, and keep it for a launch. Nothing is written.",
        Uploaded,
        largest_file=LARGEST_FILE,
        query=(_NAME,),
    ),
    Operation(
        "look",
        "POST",
        "/deploy/look",
        "What a launch would do: its pages, their brands, the targets. Nothing is written.",
        Look,
        Launch,
    ),
    Operation(
        "launch",
        "POST",
        "/deploy/launch",
        "Make a page of a file or a need, build, and publish: to targets on this machine, and to "
        "others that are confirmed by name. One at a time; the answer comes at once.",
        LaunchState,
        Launch,
    ),
    Operation(
        "launched",
        "GET",
        "/deploy/launch",
        "How the launch goes that runs, or how the last one went.",
        LaunchState,
        query=(_SINCE,),
    ),
)
