"""What somebody asks of a publish, and what it did."""

from msgspec import Struct

from omnigrid.campaign import Refusal
from omnigrid.model.audit import Seen
from omnigrid.model.errors import OmnigridError
from omnigrid.model.journal import Reason
from omnigrid.model.manifest import Outcome
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Receipt, Step, Wanted
from omnigrid.phases import Phase


class Published(Struct, frozen=True):
    """What a publish did."""

    outcome: Outcome
    budget_seconds: int
    """How long all phases may take together."""
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    receipts: tuple[Receipt, ...]
    refusals: tuple[Refusal, ...]
    recorded: Seen | OmnigridError | None = None
    """Where the record of it stands, or why it has to wait; None where nothing was done."""
    portfolio: Portfolio | None = None
    """What was published; None where nothing had to be read to know that nothing is to be done."""
    resumed: int = 0
    """How many targets an earlier publish of the same build, which was cut short, had reached."""

    @property
    def seconds(self) -> float:
        """How long all phases took together."""
        return sum(phase.seconds for phase in self.phases)


class Options(Struct, frozen=True):
    """What the user asked for."""

    wanted: Wanted = Wanted()
    dry_run: bool = False
    allow_prune: bool = False
    build_dir: bool = True
    """Whether the build is written below ``build/``, or rendered straight into git."""
    overwrite: bool = False
    """Whether what others changed of ours is put back as it was."""
    allow_dirty: bool = False
    """Whether changes that are not committed may leave this machine."""
    allow_unknown: bool = False
    """Whether what was published of a commit that nobody here knows may be followed."""
    reason: Reason = Reason.MANUAL
