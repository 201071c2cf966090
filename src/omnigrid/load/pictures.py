"""The bytes of pictures and of files to hand out, when they are rendered."""

from omnigrid.load.portfolio import SourceFile, read_bytes
from omnigrid.model.attachments import Attachment, is_attachment
from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import Transient
from omnigrid.model.pictures import Original
from omnigrid.model.source import Kind
from omnigrid.model.tree import FileTree


def read_picture(tree: FileTree, picture: Original | Attachment) -> bytes:
    """Return the bytes of a file. Raises Transient where it is no longer what was planned."""
    kind = Kind.ATTACHMENT if is_attachment(picture.source) else Kind.PICTURE
    data = read_bytes(tree, SourceFile(kind, picture.source))
    if isinstance(data, bytes) and digest_bytes(data) == picture.digest:
        return data
    raise Transient(
        f"{picture.source} was changed while the build was at work",
        "nothing was published, and the last build stands; run this again",
    )
