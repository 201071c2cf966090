"""The bytes of pictures, when they are rendered."""

from omnigrid.load.portfolio import SourceFile, read_bytes
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import Transient
from omnigrid.model.pictures import Original
from omnigrid.model.source import Kind
from omnigrid.model.tree import FileTree


def read_picture(tree: FileTree, picture: Original) -> bytes:
    """Return the bytes of a picture. Raises Transient where it is no longer what was planned."""
    data = read_bytes(tree, SourceFile(Kind.PICTURE, picture.source))
    if isinstance(data, bytes) and digest_bytes(data) == picture.digest:
        return data
    raise Transient(
        f"{picture.source} was changed while the build was at work",
        "nothing was published, and the last build stands; run this again",
    )
