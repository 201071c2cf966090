"""Files that were uploaded and read, kept until they are launched or others come."""

from collections import OrderedDict
from threading import Lock

from omnigrid.drop import draft_of
from omnigrid.intake.page import PageDraft
from omnigrid.model.digests import digest_bytes
from omnigrid.model.launching import Uploaded

_KEPT = 2
"""Files. Each may keep its original in memory."""
Drafts = tuple[PageDraft, ...]


class Uploads:
    """The last files that were uploaded, as drafts. Safe to use from several threads."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, Drafts] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, data: bytes) -> Uploaded:
        """Read a file and keep what it becomes. Raises InputError where it cannot be taken."""
        drafts = draft_of(name, data)
        number = digest_bytes(name.encode(errors="replace") + b"\0" + data)[:32]
        with self._lock:
            self._drafts[number] = drafts
            self._drafts.move_to_end(number)
            while len(self._drafts) > _KEPT:
                self._drafts.popitem(last=False)
        shown = drafts[0].name if len(drafts) == 1 else name
        return Uploaded(number, shown, len(drafts))

    def find(self, number: str) -> Drafts | None:
        """Return what a file became; None where it is not kept any more."""
        with self._lock:
            return self._drafts.get(number)
