"""A template pack, as read: its files and one digest for all of them."""

from msgspec import Struct

from omnigrid.model.files import PackFile
from omnigrid.model.names import Digest, PackId


class Pack(Struct, frozen=True, eq=False):
    """``files`` maps paths inside the pack to bytes; ``digest`` stands for all of them."""

    id: PackId
    file: PackFile
    """Its ``pack.yaml``, checked."""
    files: dict[str, bytes]
    digest: Digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and other.digest == self.digest and other.id == self.id

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.digest)


Packs = dict[PackId, Pack]
"""Every pack of the portfolio by its id, and the two that omnigrid brings itself:
``_base`` (shared by the packs of sites) and ``_portfolio`` (home, sectors, heatmap)."""

BASE_PACK = PackId("_base")
PORTFOLIO_PACK = PackId("_portfolio")
