"""Errors by consequence: each class says what the user does next, and carries its exit code."""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:  # Not at run time: every command starts by importing this.
    from omnigrid.model.findings import Diagnostic


class OmnigridError(Exception):
    """Base of every error that we raise on purpose. ``hint`` says what to do."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(OmnigridError):
    """The input has faults: the user changes a file. Carries every diagnostic, sorted."""

    exit_code = 1

    def __init__(
        self, message: str, hint: str = "", diagnostics: "tuple[Diagnostic, ...]" = ()
    ) -> None:
        super().__init__(message, hint)
        self.diagnostics = diagnostics


class Conflict(OmnigridError):  # noqa: N818  (named by consequence, not by suffix)
    """Somebody or something else got there first: drift, a race, a missing approval."""

    exit_code = 3


class LostRace(Conflict):
    """Somebody else moved a branch between our look at it and our push."""


class BudgetExceeded(OmnigridError):  # noqa: N818
    """The work was done, but took longer than the portfolio allows."""

    exit_code = 4


class Bug(OmnigridError):  # noqa: N818
    """Our mistake, not the user's."""

    exit_code = 70


class Transient(OmnigridError):  # noqa: N818
    """The world was not ready (disk, network, lock): the same command may work later."""

    exit_code = 75


class Unreachable(Transient):
    """Another machine did not answer, or the connection broke: worth trying again at once.

    ``retry_after``: after how many seconds, where it said so.
    """

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after
