"""Front matter: our files as they are, and the few facts that we compute and a peer is told."""

import hashlib
import json
from collections.abc import Mapping

from benching.portfolio import Brand


def front_matter(text: str, more: Mapping[str, object]) -> str:
    """Return a file's front matter: YAML text and more keys."""
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in more.items()
    )
    return f"---\n{text}{lines}---\n"


def brand_facts(brand: Brand) -> dict[str, object]:
    """Return what omnigrid computes of a brand beside its file."""
    return {
        "site": brand.slug,
        "plain_name": brand.plain_name,
        "initials": "".join(word[0] for word in brand.plain_name.split()[:2]),
        "accent": f"#{hashlib.sha256(brand.id.encode()).hexdigest()[:6]}",
    }


def pack_features(text: str) -> list[str]:
    """Return the lines of work that a pack's file names."""
    lines = text.partition("features:\n")[2].splitlines()
    rest = next((at for at, line in enumerate(lines) if not line.startswith("  - ")), len(lines))
    return [line.removeprefix("  - ") for line in lines[:rest]]
