"""How much a host takes: a branch in numbers, and where it comes near to a limit or over it."""

import enum

from msgspec import Struct


class Force(enum.StrEnum):
    """What follows from a limit that is passed."""

    REFUSED = "refused"
    """The host takes no more: nothing is pushed."""
    ADVISED = "advised"
    """The host advises against it: it is published, and said."""
    NEAR = "near"
    """There is less than a fifth left: it is published, and said."""


class Measure(enum.StrEnum):
    """What is counted, as messages call it."""

    SITE = "in all"
    FILE = "in one file"
    FILES = "files"
    ENTRIES = "files and folders"
    WIDTH = "entries in one folder"
    DEPTH = "folders inside each other"
    PATH = "bytes in one path"

    @property
    def is_size(self) -> bool:
        """Whether it is counted in bytes that a message shows as a size."""
        return self in {Measure.SITE, Measure.FILE}


class Limit(Struct, frozen=True):
    """A number of a host, which ``source`` states."""

    host: str
    measure: Measure
    most: int
    source: str
    hard: bool = True
    """Whether the host refuses more; otherwise it advises against it."""


class Breach(Struct, frozen=True):
    """A limit that a target passes or comes near to: ``found`` of at most ``limit.most``."""

    limit: Limit
    found: int
    force: Force
    where: str = ""
    """The file or folder that is the largest."""


class Weight(Struct, frozen=True):
    """A branch in numbers; sizes in bytes. Folders and files that are the most, with their name."""

    files: int
    folders: int
    size: int
    largest: tuple[int, str] = (0, "")
    widest: tuple[int, str] = (0, "")
    """The folder with the most entries; the name of the topmost is empty."""
    deepest: tuple[int, str] = (0, "")
    longest: tuple[int, str] = (0, "")
    """The longest path, in bytes."""
