"""Whether and when to try again what failed for a while."""

from hashlib import sha256

from omnigrid.plan.queue import Ticket

TRIES = 5
FIRST = 0.5
"""Seconds before the second try; each further pause is twice as long."""
LONGEST = 30.0
"""Seconds, where the server does not ask for more."""


def pause_before(ticket: Ticket, asked: float | None) -> float | None:
    """Return the seconds before the next try of a target; None where it is given up.

    ``asked`` is what the server asks for (Retry-After, RFC 9110 10.2.3). Otherwise the pauses
    double, each shortened by up to half, so that many targets do not come back at once.
    """
    if ticket.tries >= TRIES:
        return None
    if asked is not None:
        return asked
    pause: float = min(FIRST * 2.0 ** (ticket.tries - 1), LONGEST)
    return pause * (0.5 + _share(ticket) / 2)


def _share(ticket: Ticket) -> float:
    """A number from 0 to 1 that is always the same for the same try of the same target."""
    digest = sha256(f"{ticket.name} {ticket.tries}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
