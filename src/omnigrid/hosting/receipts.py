"""What a step does to a branch, and the receipt for it."""

from typing import assert_never

from omnigrid.hosting.git import redact
from omnigrid.model.names import CommitId, OutPath
from omnigrid.model.publishing import Create, Receipt, Unchanged, Update


def unchanged_receipt(step: Unchanged) -> Receipt:
    """Return the receipt for a branch that already held what is wanted."""
    return receipt_of(step, step.head, 0)


def receipt_of(step: Create | Update | Unchanged, commit: CommitId, size: int) -> Receipt:
    """Return the receipt for a step that left a branch at ``commit``; ``size`` in bytes."""
    return Receipt(
        target=step.target.name,
        repository=redact(step.target.repository),
        action=type(step).__name__.lower(),
        commit=commit,
        written=len(written_by(step)),
        deleted=len(deleted_by(step)),
        bytes=size,
    )


def written_by(step: Create | Update | Unchanged) -> tuple[OutPath, ...]:
    """Return the paths that a step writes, sorted."""
    match step:
        case Create():
            return tuple(sorted(step.target.files))
        case Update():
            return step.write
        case Unchanged():
            return ()
    assert_never(step)


def deleted_by(step: Create | Update | Unchanged) -> tuple[str, ...]:
    """Return the paths that a step takes away."""
    return step.delete if isinstance(step, Update) else ()


def parent_of(step: Create | Update) -> CommitId | None:
    """Return the commit on which a step builds; None where it begins a branch."""
    return step.parent if isinstance(step, Update) else None
