"""A portfolio of extremes: of each pack one brand that says all it may, and one that says least."""

import json
import shutil
from pathlib import Path
from typing import Any

from omnigrid.model.journal import Cause
from seeing.example import ROOT, packs

LONG = {
    "en": ("Donaudampfschifffahrtsgesellschafts™", "Everything that a very long line of text says"),
    "ar": (
        "لوحة الامتثال™",
        "لوحة واحدة لكل واجب قانوني يجب على شركتك الوفاء به، في كل بلد تعمل فيه",
    ),
}
"""By language: a name and a line that are as long as they may come."""

SECTOR = """\
id: Showcase
name: {name}
description: {line}
template: {pack}
"""

BARE = """\
id: BARE-{number:03}
name: {name} {number}
sector: Showcase
template: {pack}
tagline: {line}
description: {line}
owner: Owner
"""

FULL = """\
id: FULL-{number:03}
name: {name} {number}
sector: Showcase
template: {pack}
tagline: {line}, {line}
description: >-
  {line}. {line}! {line}?
keywords: [{keywords}]
priority: critical
owner: Heyns Schoeman™ und Partner Rechtsanwaltsgesellschaft
trademark:
  classes: [1, 5, 9, 16, 25, 35, 36, 38, 41, 42, 45]
  jurisdictions: [USPTO, EUIPO, CIPC, UKIPO, WIPO, CIPO, JPO, Geschmacksmusteramt]
license:
  tier: Enterprise
  status: pending
  expires: 2031-12-31
theme:
  accent: "#ffff00"
domain: full-{number}.example
links:
  Shop: https://shop.example/
  {line}: https://shop.example/a/very/long/address
contact:
  email: a.very.long.address.of.a.person@full.example
  phone: +27 21 555 0100
  address: {line}
"""

PAGE = """\
---
title: {title}
brand: FULL-{number:03}
date: 2026-05-04
tags: [{name}, b]
---

{line}

## {title}

| a | b | c | d | e | f |
| - | - | - | - | - | - |
| {name} | {name} | {name} | {name} | {name} | {name} |

1. {line}
2. `{code}`

```
{code}{code}
```

> {line}

### Next

| a |
| - |
| 1 |
"""


def write_showcase(root: Path, language: str) -> Path:
    """Write the portfolio below a folder and return the folder."""
    name, line = LONG[language]
    said = {"name": name, "line": line, "code": "statutory_duties_of_companies" * 2}
    said["keywords"] = ", ".join(f"{line[:20]} {n}" for n in range(12))
    shutil.copytree(ROOT / "template_packs", root / "template_packs")
    _write(root / "omnigrid.yaml", f"name: {name}\nlanguage: {language}\n")
    _write(root / "sectors/showcase.yaml", SECTOR.format(pack=packs()[0], **said))
    for number, pack in enumerate(packs(), start=1):
        for kind, text in (("full", FULL), ("bare", BARE)):
            brand = root / f"brands/showcase/{kind}-{slug(pack)}.yaml"
            _write(brand, text.format(pack=pack, number=number, **said))
        for title in ("One", "Two"):
            page = root / f"content/{slug(pack)}-{title.lower()}.md"
            _write(page, PAGE.format(number=number, title=title, **said))
    _write(root / "measurements.json", json.dumps(_measurements(name)))
    return root


def _measurements(name: str) -> dict[str, Any]:
    """Return measurements in which everything occurs that may be found."""
    ids = [
        f"{kind}-{number:03}" for kind in ("FULL", "BARE") for number in range(1, len(packs()) + 1)
    ]
    states = ["in-sync", "out-of-date", "drifted", "missing", "blocked", "unreachable"]
    last = {
        "at": "2026-05-04T12:00:00Z",
        "action": "update",
        "seconds": 1.5,
        "bytes": 1,
        "tries": 3,
    }
    every = dict.fromkeys(Cause, 12345)
    made = {"budget": 180, "jobs": 13713, "files": 178334, "bytes": 9**9}
    took = {"reason": "schedule", "budget": 180, "bytes": 9**9, "done": 149, "refused": 2}
    return {
        "version": 1,
        "measured_at": "2026-05-04T12:30:00Z",
        "brands": [
            {"built": False, "brands": ids[:1]},
            {"built": True, "linked": False, "published": "drifted", "served": "not-ours"}
            | {"brands": ids[1:2]},
            {"built": True, "linked": True, "published": "in-sync", "served": "current"}
            | {"brands": ids[2:-1]},
        ],
        "states": dict.fromkeys(states, 1234),
        "targets": [
            {"name": f"{name} {state}", "state": state, "write": 12345, "last": last}
            for state in states
        ],
        "work": [{"kind": "site", "jobs": 149, "files": 2474, "bytes": 9**8}],
        "publishes": [
            {"at": f"2026-05-{day:02}T12:00:00Z", "seconds": seconds} | took
            for day, seconds in ((4, 400.5), (3, 190), (2, 150), (1, 20))
        ],
        "builds": [
            {"at": f"2026-05-04T{hour:02}:00:00Z", "seconds": seconds, "causes": causes} | made
            for hour, seconds, causes in ((3, 400.5, every), (2, 150, {}), (1, 0.2, {"first": 1}))
        ],
        "days": [
            {"day": f"2026-05-{day:02}", "health": {"Showcase": health}}
            for day, health in enumerate((70, 71, 64, 90), start=1)
        ],
    }


def slug(pack: str) -> str:
    """Return what the sites of a pack are called after their kind, full or bare."""
    return pack.replace("_", "-")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
