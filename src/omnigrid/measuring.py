"""Measuring, from top to bottom: a build and its targets in, `measurements.json` out."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from omnigrid.campaign import Observer
from omnigrid.hosting.host import Host
from omnigrid.journal.builds import BuildJournal
from omnigrid.journal.file import Journal
from omnigrid.model.errors import InputError, OmnigridError, Transient
from omnigrid.model.manifest import Manifest, Record
from omnigrid.model.measurements import (
    MEASUREMENTS_VERSION,
    MOST_BUILDS,
    MOST_PUBLISHES,
    LastFile,
    MeasurementsFile,
    TargetStateFile,
)
from omnigrid.model.names import BlobId, BrandId, JobId, OutPath
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.publishing import Drifted, Step
from omnigrid.model.states import Served
from omnigrid.model.tree import MEASUREMENTS_NAME
from omnigrid.output.lock import hold
from omnigrid.output.manifest import read_manifest
from omnigrid.plan.health import UNKNOWN, Condition, Healths
from omnigrid.plan.links import dead_links
from omnigrid.plan.measuring import (
    builds,
    counted,
    grouped,
    listed,
    newest,
    pages_of,
    publishes,
    site_states,
    with_day,
    work_of,
    worse,
)
from omnigrid.publish import Options, Published, publish_portfolio
from omnigrid.render.data import pretty_json
from omnigrid.run.executors import Executor
from omnigrid.serving import Fetch, ask_all
from omnigrid.status import TargetState, states_of
from omnigrid.survey import read_portfolio
from omnigrid.workspace import Workspace


class DeadLink(NamedTuple):
    """A page, and the file to which it links that is not there."""

    page: OutPath
    leads_to: OutPath


class Measured(NamedTuple):
    """What was found, as it is kept; and what helps to mend it, which is only told."""

    file: MeasurementsFile
    dead_links: tuple[DeadLink, ...]


def measure(
    workspace: Workspace,
    host: Host,
    executor: Executor,
    observer: Observer,
    fetch: Fetch | None = None,
) -> Measured:
    """Return what can be found out about a portfolio now; it is built, and nothing is published.

    What visitors are served is looked at where there is a ``fetch``. Where a site cannot be built
    that is what was found, and targets are not looked at. Raises InputError where the portfolio
    has faults, and what building raises.
    """
    at = dt.datetime.fromtimestamp(int(observer.now()), dt.UTC)
    published = _tried(workspace, host, executor, observer)
    portfolio = (published and published.portfolio) or read_portfolio(workspace)
    manifest = read_manifest(workspace.out)
    dead: list[DeadLink] = []
    conditions = dict(_built(workspace.out, manifest, portfolio, dead))
    targets: tuple[TargetStateFile, ...] = ()
    if published:
        states = states_of(workspace, published, observer.now())
        targets = tuple(map(_target, states))
        _add_published(conditions, host, published.steps, portfolio)
        if fetch:
            _add_served(conditions, host, published.steps, portfolio, fetch)
    before = portfolio.measured
    budget = portfolio.config.publish.budget_seconds
    found = MeasurementsFile(
        version=MEASUREMENTS_VERSION,
        measured_at=at,
        brands=grouped(conditions),
        states=counted(targets),
        targets=listed(targets),
        work=work_of(manifest),
        builds=newest(
            builds(BuildJournal(workspace.state / "journal").entries(), budget),
            before.builds if before else (),
            MOST_BUILDS,
        ),
        publishes=newest(
            publishes(Journal(workspace.state / "journal").entries(), budget),
            before.publishes if before else (),
            MOST_PUBLISHES,
        ),
    )
    healths = Healths(replace(portfolio, measured=found)).by_sector()
    days = with_day(before.days if before else (), at.date(), healths)
    return Measured(replace(found, days=days), tuple(dead))


def write_measurements(root: Path, found: MeasurementsFile) -> None:
    """Write what was found beside the portfolio's configuration, whole or not at all.

    Raises Transient where the disk refuses.
    """
    partial = root / f".{MEASUREMENTS_NAME}.new"
    try:
        partial.write_bytes(pretty_json(found))
        partial.replace(root / MEASUREMENTS_NAME)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise Transient(
            f"cannot write {MEASUREMENTS_NAME}: {error.strerror or error}",
            "what was measured before is as it was; see that the folder may be written and the "
            "disk is not full, then try again",
        ) from None


def _tried(
    workspace: Workspace, host: Host, executor: Executor, observer: Observer
) -> Published | None:
    """Return what a publish would do; None where some sites cannot be built."""
    try:
        return publish_portfolio(workspace, host, Options(dry_run=True), executor, observer)
    except InputError:
        # Raises it again where the portfolio itself has the faults.
        portfolio, manifest = read_portfolio(workspace), read_manifest(workspace.out)
        if all(_record(manifest, brand) for brand in portfolio.brands):
            raise
        return None


def _built(
    out: Path, manifest: Manifest, portfolio: Portfolio, dead: list[DeadLink]
) -> Iterator[tuple[BrandId, Condition]]:
    """Yield each brand with whether its site was built and its links lead somewhere.

    Those that do not are added to ``dead``.
    """
    known = {path for path, _ in manifest.files()}
    for brand in portfolio.brands:
        record = _record(manifest, brand)
        if record is None:
            yield brand.id, Condition(built=False)
        else:
            pages = pages_of(record.entries())
            found = [link for page in pages for link in _dead_links(out, page, known)]
            dead += found
            yield brand.id, Condition(built=True, linked=not found)


def _record(manifest: Manifest, brand: Brand) -> Record | None:
    """Return the record of a brand's site; None where the last build could not make it."""
    record = manifest.jobs.get(JobId(f"site:{brand.slug}"))
    return record if record is not None and record.key else None


def _dead_links(out: Path, page: OutPath, known: set[OutPath]) -> Iterator[DeadLink]:
    try:
        html = (out / page).read_bytes()
    except OSError as error:
        raise Transient(
            f"cannot read {page} of the build: {error.strerror or error}",
            "nothing was written; run this again",
        ) from None
    yield from (DeadLink(page, path) for path in dead_links(page, html, known))


def _add_published(
    conditions: dict[BrandId, Condition],
    host: Host,
    steps: tuple[Step, ...],
    portfolio: Portfolio,
) -> None:
    brands = {brand.slug: brand for brand in portfolio.brands}
    for step in steps:
        for slug, state in site_states(step, brands, _live(host, step)):
            brand: Brand = brands[slug]
            found = conditions[brand.id]
            conditions[brand.id] = replace(found, published=worse(found.published, state))


def _live(host: Host, step: Step) -> dict[str, BlobId]:
    """Return what a branch holds that somebody changed; of others that is not looked at."""
    if not isinstance(step, Drifted):
        return {}
    with hold(host.folder, host.folder / "owner"):
        try:
            return host.observe(step.target.destination).files
        except OmnigridError:
            return {}


def _add_served(
    conditions: dict[BrandId, Condition],
    host: Host,
    steps: tuple[Step, ...],
    portfolio: Portfolio,
    fetch: Fetch,
) -> None:
    order = list(Served)
    for asked in ask_all(host, steps, portfolio, fetch).values():
        for answer in asked.answers:
            found = conditions.get(answer.brand, UNKNOWN)
            worst = max(found.served or Served.CURRENT, answer.served, key=order.index)
            conditions[answer.brand] = replace(found, served=worst)


def _target(state: TargetState) -> TargetStateFile:
    last = state.last
    return TargetStateFile(
        name=state.target,
        state=state.state,
        write=state.write,
        delete=state.delete,
        changed=len(state.drifted),
        last=LastFile(
            at=last.at,
            action=last.action,
            seconds=last.seconds,
            bytes=last.bytes,
            tries=last.tries,
        )
        if last
        else None,
    )
