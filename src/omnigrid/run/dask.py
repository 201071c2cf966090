"""An executor of the workers of a Dask cluster: the extra ``omnigrid[dask]``.

Workers may be on other machines: what is made comes back, and nothing is read or written there.
"""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from omnigrid.model.errors import InputError, Transient
from omnigrid.run.executors import BATCH

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

PATIENCE = 5.0
"""Seconds in which a scheduler has to answer, and to have a worker."""
_AHEAD = 2
"""Batches that wait for each thread of the cluster; no more are made, or kept here, than these."""
_KEPT = "the last build stands as it was"


class _Raised(NamedTuple):
    """What the work raised: told from what may befall the cluster."""

    error: Exception


class DaskExecutor:
    """Works on a cluster. ``address`` is that of its scheduler, as ``tcp://host:8786``."""

    same_disk = False

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        """Say where the scheduler is; it is asked when there is work.

        Raises InputError where the extra is not installed.
        """
        try:
            import distributed  # noqa: F401, PLC0415  (half a second, and only for who asks)
        except ImportError:
            raise InputError(
                "omnigrid was installed without Dask", 'install it: pip install "omnigrid[dask]"'
            ) from None
        self._address, self._patience = address, patience
        # Dask tells of each lost connection with a traceback; we say it in one line.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)

    def run(
        self, work: Callable[[Item], Result], items: Iterable[Item], batch: int = BATCH
    ) -> Iterator[Result]:
        """Yield the result of every item, as they come.

        Raises Transient where the scheduler does not answer or the workers are lost, and
        InputError where they cannot do the work.
        """
        waiting = iter(items)
        for first in waiting:  # Nobody is asked when there is nothing to do.
            with self._connected() as client:
                yield from self._spread(client, work, chain([first], waiting), batch)

    def _spread(
        self,
        client: "Client",
        work: Callable[[Item], Result],
        items: Iterator[Item],
        size: int,
    ) -> Iterator[Result]:
        with self._lost():
            shared = self._sent(client, work)
            threads = sum(client.nthreads().values())
        running: set[Future[Any]] = set()
        while batch := list(islice(items, size)):
            with self._lost():
                running.add(client.submit(_do, shared, batch, pure=False))
            if len(running) >= _AHEAD * max(threads, 1):
                yield from self._finished(client, running)
        while running:
            yield from self._finished(client, running)

    def _sent(self, client: "Client", work: Callable[[Any], Any]) -> "Future[Any]":
        """Send the work to all workers, once."""
        try:
            sent: list[Future[Any]] = client.scatter([work], broadcast=True, hash=False)
        except OSError:
            raise
        except Exception as error:  # Dask says no more of an error on a worker than its text.
            raise self._unable(error) from None
        return sent[0]

    def _finished(self, client: "Client", running: "set[Future[Any]]") -> Iterator[Any]:
        """Wait for some of what is running, take it away and yield its results."""
        with self._lost():
            done = self._wait(client, running)
            running -= done
            for each in done:
                if each.status == "error":
                    raise self._unable(each.exception())
            batches = client.gather(list(done))
        for result in chain.from_iterable(batches):
            if isinstance(result, _Raised):
                raise result.error
            yield result

    def _wait(self, client: "Client", running: "set[Future[Any]]") -> "set[Future[Any]]":
        """Wait for one at least. Without a worker, Dask itself would wait for ever."""
        from distributed import wait  # noqa: PLC0415  (as above)

        while True:
            try:
                with client.as_current():
                    waited = wait(running, self._patience, return_when="FIRST_COMPLETED")
            except TimeoutError:
                if not client.nthreads():
                    raise self._no_worker() from None
            else:
                finished: set[Future[Any]] = waited.done
                return finished

    @contextmanager
    def _connected(self) -> "Iterator[Client]":
        from distributed import Client  # noqa: PLC0415  (as above)

        try:
            client = Client(self._address, timeout=self._patience, set_as_default=False)
        except OSError:
            raise Transient(
                f"the Dask scheduler at {self._address} did not answer in {self._patience:g} s",
                f"{_KEPT}; start the scheduler or correct the address and run this again, "
                "or leave out `--executor` to work on this machine",
            ) from None
        with client:
            try:
                client.wait_for_workers(1, timeout=self._patience)
            except TimeoutError:
                raise self._no_worker() from None
            yield client

    @contextmanager
    def _lost(self) -> Iterator[None]:
        """Say in plain words that the cluster went away meanwhile."""
        try:
            yield
        except (CancelledError, OSError):
            raise Transient(
                f"the Dask cluster at {self._address} was lost while it worked",
                f"{_KEPT}; look at its scheduler and workers and run this again, "
                "or leave out `--executor` to work on this machine",
            ) from None

    def _no_worker(self) -> Transient:
        return Transient(
            f"the Dask scheduler at {self._address} has no worker",
            f"{_KEPT}; start one, `dask worker {self._address}`, and run this again",
        )

    def _unable(self, error: BaseException) -> Transient | InputError:
        if type(error).__name__ == "KilledWorker":
            return Transient(
                f"workers of the Dask cluster at {self._address} were killed, "
                "perhaps because memory ran out",
                f"{_KEPT}; give the workers more memory and run this again",
            )
        return InputError(
            f"the Dask cluster at {self._address} cannot do this work: {_first_line(error)}",
            "install the same omnigrid[dask], with the same Python, here and on the scheduler and "
            "workers",
        )


def _do(work: Callable[[Any], Any], batch: list[Any]) -> list[Any]:
    """Do the work on a worker; what it raises ends the batch."""
    try:
        return [work(item) for item in batch]
    except Exception as error:
        error.add_note(f"on a worker of the cluster:\n{traceback.format_exc()}")
        return [_Raised(error)]


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
