"""How much history a branch keeps, beside what is published to it."""

from msgspec.structs import replace

from omnigrid.hosting.host import Host
from omnigrid.hosting.squash import foresee, squash
from omnigrid.model.errors import OmnigridError
from omnigrid.model.publishing import Receipt, Target, Update


def foresee_history(host: Host, step: Update) -> Update:
    """Return a step that says, too, what happens afterwards to the history of its branch.

    Raises what the host does.
    """
    destination = step.target.destination
    history = destination.rule.history
    if history is None:
        return step
    with host.opened(destination) as cache:
        return replace(step, rewrite=foresee(cache, step.parent, history.keep))


def keep_history(host: Host, target: Target, receipt: Receipt) -> Receipt:
    """Leave as few commits on a branch as its owner wants, after a publish; return its receipt.

    Nothing is raised: the publish has succeeded, and the receipt says why this did not.
    """
    history = target.destination.rule.history
    if history is None:
        return receipt
    try:
        with host.opened(target.destination) as cache:
            signing = host.signers.of(target.destination, cache)
            done = squash(cache, target.branch, receipt.commit, history.keep, signing)
    except OmnigridError as error:
        return replace(receipt, unsquashed=error.message)
    return replace(receipt, commit=done.head, squashed=done.commits) if done else receipt
