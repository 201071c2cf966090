"""What the keys of measurements mean, each with an example: see ``meanings.py``."""

from typing import Any

from msgspec import Struct

from omnigrid.model import measurements

_AT = "2026-09-14T06:00:00Z"
_BUDGET = ("How long a publish might have taken, in seconds.", 180)

MEASURED_MEANINGS: dict[type[Struct], dict[str, tuple[Any, ...]]] = {
    measurements.MeasurementsFile: {
        "version": ("The version of this shape. Another one is refused.", 1),
        "measured_at": ("When it was measured.", _AT),
        "brands": ("Groups of brands of which the same was found.",),
        "states": ("How many targets are in which state.", {"in-sync": 2}),
        "targets": ("Targets, those that need somebody first; at most 200 of them.",),
        "work": ("What the jobs of each kind made, the most bytes first.",),
        "publishes": ("The last 20 publishes that came to their end, the newest first.",),
        "builds": ("The last 20 builds that rendered anything, the newest first.",),
        "days": ("The health of the sectors on the last 30 days, the oldest first.",),
    },
    measurements.FoundFile: {
        "built": ("Whether the last build made the site. Left out: not looked at.", True),
        "linked": ("Whether every link of the site leads to a file that there is.", True),
        "published": (
            "How the site stands on the branches that carry it, the worst of them.",
            "in-sync",
        ),
        "served": ("What visitors get where it is served, the worst of all addresses.", "current"),
        "brands": ("The ids of these brands.", ["FAA-001"]),
    },
    measurements.TargetStateFile: {
        "name": ("The name of the target.", "brands"),
        "state": ("How its branch stands beside the build.", "in-sync"),
        "write": ("How many files are to be written there.", 0),
        "delete": ("How many files are to be deleted there.", 0),
        "changed": ("How many files others changed there.", 0),
        "last": ("When and how it was brought last to what was wanted.",),
    },
    measurements.LastFile: {
        "at": ("When.", _AT),
        "action": ("What was done.", "update"),
        "seconds": ("How long it took.", 1.5),
        "bytes": ("How much was sent.", 20480),
        "tries": ("How often it was tried.", 1),
    },
    measurements.WorkFile: {
        "kind": ("The kind of the jobs.", "site"),
        "jobs": ("How many jobs of the kind there are.", 149),
        "files": ("How many files they made.", 1490),
        "bytes": ("How large these are together.", 9000000),
    },
    measurements.PublishFile: {
        "at": ("When it ended.", _AT),
        "reason": ("Why somebody published.", "edit"),
        "seconds": ("How long all of it took.", 4.2),
        "budget": _BUDGET,
        "bytes": ("How much was sent.", 20480),
        "done": ("How many targets hold what was wanted.", 2),
        "refused": ("How many targets could not be published.", 0),
    },
    measurements.BuildFile: {
        "at": ("When it ended.", _AT),
        "seconds": ("How long it took, from the first look at the files.", 0.7),
        "budget": _BUDGET,
        "jobs": ("How many jobs were rendered.", 9),
        "files": ("How many files were written.", 17),
        "bytes": ("How large these are together.", 61796),
        "causes": (
            "How many jobs each kind of reason made stale. A job may have several.",
            {"brands": 4, "portfolio": 3},
        ),
    },
    measurements.DayFile: {
        "day": ("The day.", "2026-09-14"),
        "health": ("The health of each sector then.", {"Legal_Tech_Compliance": 97}),
    },
}
