"""How what is published stands beside what should be: on a branch, and where visitors get it."""

import enum


class State(enum.StrEnum):
    """How a target stands beside what is wanted."""

    IN_SYNC = "in-sync"
    OUT_OF_DATE = "out-of-date"
    DRIFTED = "drifted"
    MISSING = "missing"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


class Served(enum.StrEnum):
    """What is served at the address of a site, the worst last."""

    CURRENT = "current"
    """Byte for byte what the branch holds."""
    OLDER = "older"
    """The same brand's site, as it was at another time: the host is behind, or serves another
    branch."""
    UNREACHABLE = "unreachable"
    """Nobody answers, or not over a connection that can be trusted."""
    NOT_OURS = "not-ours"
    """Somebody answers, with something else."""
