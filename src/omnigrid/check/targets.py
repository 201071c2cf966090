"""Rules for targets: their names, patterns and addresses."""

import re
from collections.abc import Iterator

from omnigrid.check.nearest import Names
from omnigrid.model.files import ConfigFile
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.patterns import FIELDS, Pattern, stray_brace
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.model.tree import CONFIG_NAME

_ADDRESS = re.compile(
    r"""
    https://(?P<login>[^/@\s]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?/[^\s]+
    | ssh://([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?/[^\s]+
    | ([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]+:(?!/{2})[^\s:-][^\s:]*
    """,
    re.VERBOSE,
)
_PATTERNS = ("repository", "folder", "domain")
_KNOWN = Names(dict.fromkeys(FIELDS, CONFIG_NAME))


def check_targets(config: ConfigFile) -> Iterator[Finding]:
    """Yield every target whose name another one has, and every mistake in a pattern or address."""
    seen: set[str] = set()
    for number, rule in enumerate(config.targets):
        if rule.name in seen:
            yield Finding(
                "OG201",
                f'two targets are named "{rule.name}"',
                _place(number, "name"),
                "give each target a name of its own",
            )
        seen.add(rule.name)
        for key in _PATTERNS:
            yield from _pattern_findings(number, key, getattr(rule, key) or "")
        yield from _address_findings(number, rule)
        yield from _folder_findings(number, rule)
    yield from _audit_findings(config.publish.audit.repository)


def _pattern_findings(number: int, key: str, text: str) -> Iterator[Finding]:
    place = _place(number, key)
    if stray_brace(text):
        yield Finding(
            "OG503", "a brace stands alone", place, "write a name between two braces, {brand.slug}"
        )
    for name in Pattern(text).fields:
        if name not in FIELDS:
            near = _KNOWN.nearest(name)
            hint = f"did you mean {{{near}}}?" if near else f"known: {', '.join(FIELDS)}"
            yield Finding("OG503", f'unknown name "{name}" in a pattern', place, hint)
        elif name == "brand.domain" and key != "domain":
            yield Finding(
                "OG503",
                "not every brand has a domain, so that none stands in a repository or folder",
                place,
                "name the brand by {brand.slug} or {brand.id}",
            )


def _address_findings(number: int, rule: TargetFile) -> Iterator[Finding]:
    """Yield why a repository cannot be reached; its address may hold a secret and is not shown."""
    text, place = rule.repository, _place(number, "repository")
    filled = Pattern(text).fill(dict.fromkeys(Pattern(text).fields, "x"))
    is_address = "://" in text or _ADDRESS.fullmatch(filled) is not None
    if rule.kind is HostKind.LOCAL and is_address:
        yield Finding(
            "OG504",
            f'target "{rule.name}": its repository is an address, but its kind is local',
            place,
            "name a folder such as .omnigrid/hosting/portfolio.git, or give the kind of the host, "
            "for example `kind: plain`",
        )
    elif rule.kind is not HostKind.LOCAL and not filled.startswith(("/", "./", "../")):
        found = _ADDRESS.fullmatch(filled)
        if found is None:
            yield Finding(
                "OG504",
                f'target "{rule.name}": its repository is no https or ssh address',
                place,
                "write it as https://host.example/sites.git or git@host.example:sites.git",
            )
        elif found["login"]:
            yield Finding(
                "OG504",
                f'target "{rule.name}": its address holds a login',
                place,
                "take the login out of the address, and have a password that stood there revoked; "
                "write `credentials:` with `user:` and `token:`, the name of the environment "
                "variable that holds it",
            )
    if text.startswith("-"):
        yield Finding("OG504", "a repository cannot begin with a dash", place, "write ./ before it")


def _audit_findings(text: str) -> Iterator[Finding]:
    """Yield why the record of publishes cannot be kept there; its address is not shown."""
    found = _ADDRESS.fullmatch(text)
    looks_remote = "://" in text or ":" in text.partition("/")[0]
    if text.startswith("-") or (looks_remote and (found is None or found["login"])):
        yield Finding(
            "OG504",
            "the record of publishes has no repository that can be used",
            Place(SourcePath(CONFIG_NAME), ("publish", "audit", "repository")),
            "write a folder, or an address without a login such as git@host.example:audit.git; "
            "`credentials:` names the variable that holds a password",
        )


def _folder_findings(number: int, rule: TargetFile) -> Iterator[Finding]:
    parts = (rule.folder or "x").strip("/").split("/")
    if any(part in {"", ".", "..", ".git"} for part in parts) or "\\" in (rule.folder or ""):
        yield Finding(
            "OG503",
            "the folder leaves the branch, or has a part without a name",
            _place(number, "folder"),
            "write plain names with slashes between them, such as sites/{brand.slug}",
        )


def _place(number: int, key: str) -> Place:
    return Place(SourcePath(CONFIG_NAME), ("targets", number, key))
