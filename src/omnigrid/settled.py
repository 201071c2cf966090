"""What every target is to hold, remembered for as long as no file of the portfolio changes.

Most publishes find nothing to do. Where the build stands as it is, one question to each branch
shows that: nothing is read, planned or routed.
"""

from collections.abc import Callable

from msgspec import Struct

from omnigrid.load.answers import Answers
from omnigrid.model.limits import Breach
from omnigrid.model.manifest import MANIFEST_NAME, Summary
from omnigrid.model.names import Digest
from omnigrid.model.publishing import Destination, Target, Wanted
from omnigrid.output.stamps import look
from omnigrid.workspace import Workspace


class Aim(Struct, frozen=True):
    """A destination, and the manifest that it is to be left with."""

    destination: Destination
    manifest: Digest
    breaches: tuple[Breach, ...] = ()
    """Limits of its host that it comes near to: said each time."""


class Settled(Struct, frozen=True):
    """A build that stands, and where it belongs. ``budget`` is in seconds."""

    summary: Summary
    aims: tuple[Aim, ...]
    budget: int


class _Kept(Struct, frozen=True):
    aims: tuple[Aim, ...]
    budget: int


def settled(
    workspace: Workspace, wanted: Wanted, standing: Callable[[], Summary | None]
) -> Settled | None:
    """Return what every target is to hold, where that is known without a look at what files say.

    None where it is not, and where a target wants approval: that may run out while nothing changes.
    ``standing`` gives the summary of the last build where it stands.
    """
    kept = _question(workspace, wanted).known()
    if kept is None or any(aim.destination.rule.approval for aim in kept.aims):
        return None
    summary = standing()
    return None if summary is None else Settled(summary, kept.aims, kept.budget)


def keep_settled(workspace: Workspace, wanted: Wanted, targets: list[Target], budget: int) -> None:
    """Remember what every target is to hold, after all of them were found or brought there."""
    aims = tuple(Aim(target.destination, target.manifest, target.breaches) for target in targets)
    _question(workspace, wanted).keep(_Kept(aims, budget))


def _question(workspace: Workspace, wanted: Wanted) -> Answers[_Kept]:
    manifest = look(str(workspace.out / MANIFEST_NAME)).hex()
    depends = f"{wanted}, {manifest}, {workspace.release}"
    return workspace.answers(f"{workspace.stamps.name}-aims", _Kept, depends)
