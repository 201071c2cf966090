"""Consent, from top to bottom: whether somebody approved of what is to be published."""

from collections.abc import Mapping
from functools import cached_property

from omnigrid.check.files import judge
from omnigrid.hosting.commit_tree import CommitTree, same_portfolio
from omnigrid.load.portfolio import SourceFile, parse_document, read_bytes
from omnigrid.model.approvals import Approvals, ApprovalsFile
from omnigrid.model.errors import Conflict
from omnigrid.model.findings import Finding
from omnigrid.model.names import CommitId
from omnigrid.model.portfolio import Brand
from omnigrid.model.publishing import Destination
from omnigrid.model.source import Kind
from omnigrid.model.tree import APPROVALS_NAME
from omnigrid.plan.approvals import approvals_for, day_of, demands_approval
from omnigrid.workspace import Workspace

_SOURCE = SourceFile(Kind.APPROVALS, APPROVALS_NAME)
_LARGEST = 256 * 1024


class Consents:
    """What was approved of in the portfolio's own commit; ``now`` in seconds since 1970.

    ``dirty``: whether what is to be published is more than that commit.
    """

    def __init__(
        self,
        workspace: Workspace,
        environment: Mapping[str, str],
        brands: tuple[Brand, ...],
        now: float,
        *,
        dirty: bool = False,
    ) -> None:
        self._workspace, self._environment = workspace, environment
        self._brands, self._dirty = brands, dirty
        self._today = day_of(workspace.today, now)

    def of(self, destination: Destination, source: CommitId | None = None) -> Approvals:
        """Return the approvals for publishing what was made from ``source``; None: this commit.

        None are needed where the target demands none. Raises Conflict where one is missing.
        """
        if not demands_approval(destination):
            return ()
        commit = self._commit(destination)
        if self._dirty:
            raise Conflict(
                f'target "{destination.name}" is blocked: the portfolio has changes that are not '
                "committed, and nobody can have approved of them",
                _COMMIT_IT if self._is_ahead else "nothing was published there: commit them first",
            )

        def is_same(approved: str) -> bool:
            made_from, root = source or commit, self._workspace.root
            return same_portfolio(root, self._environment, CommitId(approved), made_from)

        try:
            approvals = self._approvals
            return approvals_for(destination, self._brands, approvals, self._today, is_same)
        except Conflict as error:
            if self._is_ahead:
                raise Conflict(error.message, _COMMIT_IT) from None
            raise

    def _commit(self, destination: Destination) -> CommitId:
        commit = self._workspace.revision.commit
        if commit is None:
            raise Conflict(
                f'target "{destination.name}" is blocked: it demands an approval, and the '
                "portfolio has no commit that could hold one",
                "put the portfolio into git, and commit approvals.yaml with it",
            )
        return commit

    @cached_property
    def _approvals(self) -> Approvals:
        """Raises Conflict where the committed file cannot be used."""
        data = self._committed
        if data is None:
            return ()
        document = data if isinstance(data, Finding) else parse_document(_SOURCE, data)
        reading = None if isinstance(document, Finding) else judge(document)
        if reading is None or not isinstance(reading.file, ApprovalsFile):
            raise Conflict(
                "approvals.yaml has faults as it was committed, so that it approves of nothing",
                "`omnigrid check` shows them; commit the mended file",
            )
        return reading.file.approvals

    @cached_property
    def _committed(self) -> bytes | Finding | None:
        commit = self._workspace.revision.commit
        if commit is None:
            return None
        tree = CommitTree(self._workspace.root, commit, self._environment)
        return read_bytes(tree, _SOURCE) if APPROVALS_NAME in tree.paths() else None

    @property
    def _is_ahead(self) -> bool:
        """Whether the file on the disk says something else than the one that was committed."""
        tree = self._workspace.tree
        if APPROVALS_NAME not in tree.paths():
            return False
        return tree.read(APPROVALS_NAME, _LARGEST) != self._committed


_COMMIT_IT = (
    "approvals.yaml was changed and not committed, and only what is committed counts: have it "
    "reviewed and commit it"
)
