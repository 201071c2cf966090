"""What a publish commit says of its origin, in git's trailers (git-interpret-trailers(1))."""

from omnigrid.model.publishing import Message

SOURCE = "Omnigrid-Source"
DIRTY = "Omnigrid-Dirty"
MANIFEST = "Omnigrid-Manifest"
VERSION = "Omnigrid-Version"


def commit_message(message: Message, files: int) -> str:
    """Return the message of a commit after which the branch carries ``files`` files of ours."""
    source = message.source[:12] if message.source else "an uncommitted portfolio"
    subject = f"Publish {files} {'file' if files == 1 else 'files'} from {source}"
    trailers = [
        f"{SOURCE}: {message.source or 'none'}",
        *([f"{DIRTY}: yes"] if message.dirty else []),
        f"{MANIFEST}: {message.manifest}",
        f"{VERSION}: {message.generator}",
    ]
    return "\n".join([subject, "", *trailers, ""])
