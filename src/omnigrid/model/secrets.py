"""Secrets by their look: passwords and keys that nobody meant to commit, found and blacked out.

Sources: GitHub, "Behind GitHub's new authentication token formats" (2021) and "About
authentication to GitHub"; AWS, "IAM identifiers"; GitLab, "Token overview"; Slack, "Token types";
RFC 7468 (textual encodings of keys); RFC 3986, 3.2.1 (user information in an address).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

BLACK = "█"

_KINDS: tuple[tuple[str, str, str], ...] = (
    ("a GitHub token", "gh", r"(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{30,255}"),
    ("a GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}"),
    ("a GitLab token", "glpat-", r"glpat-[A-Za-z0-9_-]{20,255}"),
    ("an AWS access key", "A", r"(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("a Slack token", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
    ("a Stripe key", "k_live_", r"[sr]k_live_[A-Za-z0-9]{20,255}"),
    (
        "a private key",
        "-----BEGIN ",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
        r"(?s:.*?)(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\Z)",
    ),
    (
        "a password inside an address",
        "://",
        r"(?<=://)[^\s/?#@:\"'<>]*:[^\s/?#@\"'<>]+(?=@)",
    ),
)
_MARKS = {
    "gh": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    "A": ("AKIA", "ASIA"),
}
_PATTERNS = tuple(
    (kind, _MARKS.get(mark, (mark,)), re.compile(pattern)) for kind, mark, pattern in _KINDS
)


class Secret(NamedTuple):
    """What a stretch of a text looks like; ``start`` and ``end`` count characters from 0."""

    kind: str
    start: int
    end: int


def find_secrets(text: str) -> Iterator[Secret]:
    """Yield everything in a text that looks like a secret."""
    for kind, marks, pattern in _PATTERNS:
        if any(mark in text for mark in marks):
            for found in pattern.finditer(text):
                yield Secret(kind, found.start(), found.end())


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
