"""A zip archive as a bounded store of parts: office files, and archives that are dropped.

Nothing is unpacked on the disk, and the name of a part is never used as a path. What an archive
says of the size of its parts is not believed: bytes are counted as they come.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from omnigrid.intake.content import Limits
from omnigrid.model.errors import InputError

MAX_ENTRIES = 5000
"""Parts of an archive; an office file has some hundred."""
_CHUNK = 65_536
_LOCKED = 0x1
"""The flag of a part that is locked with a password (PKWARE, "APPNOTE", 4.4.4)."""
_AGAIN = "open it in its own program and save it again"
Start = Callable[[str, Mapping[str, str]], None]


class EnoughRead(Exception):  # noqa: N818
    """A reader has what it wants of a part."""


class Package:
    """The parts of an archive. Reading counts against one budget for all of them."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
            raise InputError("it is a damaged archive, or not a whole one", _AGAIN) from error
        if len(entries) > MAX_ENTRIES:
            raise InputError(
                f"it has {len(entries):,} parts, more than {MAX_ENTRIES:,}", "divide it"
            )
        self.entries = tuple(entries)
        self.names = frozenset(each.filename for each in entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part. Raises InputError, also where there are too many."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & _LOCKED:
                raise InputError("it is locked with a password", "take the password off")
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise InputError(
                            "unpacked it is far larger than it looks", "divide it into several"
                        )
                    yield chunk
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InputError("a part of it is damaged or missing", _AGAIN) from error

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of a part. Raises InputError where it has more than ``limit``."""
        data = bytearray()
        for chunk in self.chunks(name):
            data += chunk
            if len(data) > limit:
                raise InputError(
                    f"it is larger than {limit // 1024**2} MiB", "make it smaller and drop it again"
                )
        return bytes(data)

    def parse(
        self, name: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
    ) -> bool:
        """Hand the tags and texts of a part over, names without their namespace.

        Returns whether it was read to its end. A part with a document type is refused: entities
        grow without bound, and lead out of the file. Raises InputError.
        """
        parser = _parser(start, end, text)
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except EnoughRead:
            return False
        except expat.ExpatError as error:
            raise InputError("a part of it is damaged", _AGAIN) from error
        return True


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether a part is a link or a device rather than a file."""
    mode = entry.external_attr >> 16
    return bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode)


def _parser(
    start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, told: start(_local(name), _plain(told))
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_told: object) -> None:
    raise InputError(
        "it declares a document type, which office programs never do",
        "open it in its own program and save it again; do not trust where it came from",
    )


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _plain(told: Mapping[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in told.items()}
