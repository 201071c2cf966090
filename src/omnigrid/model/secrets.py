"""Secrets by their look: passwords and keys that nobody meant to commit, found and blacked out.

Sources: GitHub, "Behind GitHub's new authentication token formats" (2021) and "About
authentication to GitHub"; AWS, "IAM identifiers"; GitLab, "Token overview"; Slack, "Token types";
RFC 7468 (textual encodings of keys); RFC 3986, 3.2.1 (user information in an address).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

BLACK = "█"

_KEY = r"(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
_KINDS: dict[str, tuple[str, str]] = {
    **{
        f"gh{letter}_": ("a GitHub token", rf"(?<![A-Za-z0-9_])gh{letter}_[A-Za-z0-9]{{30,255}}")
        for letter in "pousr"
    },
    "github_pat_": ("a GitHub token", r"github_pat_[A-Za-z0-9_]{22,255}"),
    "glpat-": ("a GitLab token", r"glpat-[A-Za-z0-9_-]{20,255}"),
    **{
        mark: ("an AWS access key", rf"(?<![A-Za-z0-9]){mark}[A-Z0-9]{{16}}(?![A-Za-z0-9])")
        for mark in ("AKIA", "ASIA")
    },
    "xox": ("a Slack token", r"xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
    "k_live_": ("a Stripe key", r"[sr]k_live_[A-Za-z0-9]{20,255}"),
    "-----BEGIN ": ("a private key", rf"-----BEGIN {_KEY}(?s:.*?)(?:-----END {_KEY}|\Z)"),
    "://": ("a password inside an address", r"://([^\s/?#@:\"'<>]*:[^\s/?#@\"'<>]+)(?=@)"),
}
"""By a mark that is quickly looked for: what it is, and how the whole of it looks."""
_PATTERNS = tuple((mark, kind, re.compile(look)) for mark, (kind, look) in _KINDS.items())


class Secret(NamedTuple):
    """What a stretch of a text looks like; ``start`` and ``end`` count characters from 0."""

    kind: str
    start: int
    end: int


def find_secrets(text: str) -> Iterator[Secret]:
    """Yield everything in a text that looks like a secret."""
    for mark, kind, pattern in _PATTERNS:
        if mark in text:
            for found in pattern.finditer(text):
                group = found.re.groups  # The whole of it, or what stands in brackets.
                yield Secret(kind, found.start(group), found.end(group))


def mask_secrets(text: str) -> str:
    """Return a text with all secrets blacked out; its lines and columns stay where they are."""
    secrets = list(find_secrets(text))
    if not secrets:
        return text
    letters = list(text)
    for secret in secrets:
        for at in range(secret.start, secret.end):
            letters[at] = "\n" if text[at] == "\n" else BLACK
    return "".join(letters)
