"""A template pack, as read: its files and one digest for all of them."""

from msgspec import Struct

from omnigrid.model.files import PackFile
from omnigrid.model.names import Digest, PackId, SourcePath

PACKS_FOLDER = "template_packs/"
OVERRIDES_FOLDER = f"{PACKS_FOLDER}_overrides/"
"""Where a portfolio replaces single files of packs: a folder for each pack, by its id."""
ORIGINAL = "original/"
"""Before the name of a file as it was before the portfolio replaced it."""


class Pack(Struct, frozen=True, eq=False):
    """``files`` maps paths inside the pack to bytes; ``digest`` stands for all of them."""

    id: PackId
    file: PackFile
    """Its ``pack.yaml``, checked."""
    files: dict[str, bytes]
    digest: Digest
    overrides: dict[str, bytes] = {}
    """What the portfolio has in place of some files, as it is written there; already a part of
    ``files``, which has what was replaced below ``original/``."""
    inherited: frozenset[str] = frozenset()
    """Those of the overrides that replace a file of the shared base."""

    def source_of(self, name: str) -> SourcePath:
        """Return where a file of ``files`` is written."""
        if name in self.overrides:
            return SourcePath(f"{OVERRIDES_FOLDER}{self.id}/{name}")
        plain = name.removeprefix(ORIGINAL)
        shared = plain != name and plain in self.inherited
        return SourcePath(
            f"omnigrid/base/{plain}" if shared else f"{PACKS_FOLDER}{self.id}/{plain}"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and other.digest == self.digest and other.id == self.id

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.digest)


Packs = dict[PackId, Pack]
"""Every pack of the portfolio by its id, and the two that omnigrid brings itself:
``_base`` (shared by the packs of sites) and ``_portfolio`` (home, sectors, heatmap)."""

ABSENT = ".absent"
"""The file of a pack from elsewhere that cannot be had: why, and what to do. No portfolio can have
one, because files whose name begins with a dot are not listed."""
BASE_PACK = PackId("_base")
PORTFOLIO_PACK = PackId("_portfolio")
