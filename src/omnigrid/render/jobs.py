"""One job to its artifact: the only function that an executor calls."""

import traceback
from textwrap import shorten
from typing import Any, NamedTuple, assert_never

from jinja2 import TemplateNotFound, TemplateSyntaxError

from omnigrid.model.dashboards import Dashboard
from omnigrid.model.errors import Bug
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.locks import LOCK_PATH
from omnigrid.model.names import OutPath, SourcePath, printable
from omnigrid.model.packs import ABSENT, BASE_PACK, PORTFOLIO_PACK, Pack, Packs
from omnigrid.model.plan import Artifact, Failure, Job
from omnigrid.model.views import (
    ApiView,
    HeatmapView,
    HomeView,
    LaunchView,
    SectorView,
    SiteView,
    View,
)
from omnigrid.render.data import compact_json
from omnigrid.render.environment import BASE_PREFIX, TEMPLATE_FILE, pack_environment
from omnigrid.render.limits import UNLIMITED, Allowance, LimitReached, PackFault, allowance
from omnigrid.render.meter import metered
from omnigrid.render.minify import minify
from omnigrid.render.portfolio import (
    PortfolioView,
    render_dashboard,
    render_heatmap,
    render_home,
    render_launch,
    render_sector,
)
from omnigrid.render.site import render_site
from omnigrid.render.studio import PictureFault

_FIRST_PAGE = "index.html"
_LONGEST_MESSAGE = 300
"""Characters of what is said of a template: it may quote what a stranger wrote."""


def render_job(job: Job, view: View, packs: Packs) -> Artifact | Failure:
    """Return the files of a job, in the order of its outputs; or why its templates failed."""
    absent = packs[job.pack].files.get(ABSENT) if job.pack in packs else None
    if absent is not None:
        return Failure(job.id, _absent_finding(job, absent))
    try:
        files = _render(job, view, packs)
    except PictureFault as fault:
        return Failure(job.id, _picture_finding(fault))
    except Exception as error:
        where = _where(error)
        if where is None:
            raise
        return Failure(job.id, _template_finding(job, where, packs, error))
    outputs = job.outputs
    if files.keys() != {*outputs}:
        raise Bug(f"job {job.id} made {sorted(files)} but owns {sorted(outputs)}")
    return Artifact(job.id, tuple((path, files[path]) for path in outputs))


def _render(job: Job, view: View, packs: Packs) -> dict[OutPath, bytes]:
    match view:
        case ApiView():
            return {path: _data(value) for path, value in view.documents}
        case SiteView():
            pack, base = packs[view.brand.template], packs[BASE_PACK]
            with metered(pack_environment(pack, base).meter, _allowance(view)):
                files = render_site(view, pack, base, release=job.release)
        case HomeView() | SectorView() | HeatmapView() | LaunchView() | Dashboard():
            pack = packs[PORTFOLIO_PACK]
            with metered(pack_environment(pack, pack).meter, UNLIMITED):
                files = _finished(job, _portfolio_page(view, pack))
        case _:
            assert_never(view)
    placed = {OutPath(job.folder + path): data for path, data in files.items()}
    if isinstance(view, SiteView | SectorView):
        placed[job.others[0]] = compact_json(view.document)
    return placed


def _allowance(view: SiteView) -> Allowance:
    return allowance(len(view.pages), sum(len(page.body) for page in view.pages))


def _portfolio_page(view: PortfolioView, pack: Pack) -> dict[str, bytes]:
    match view:
        case HomeView():
            return render_home(view, pack)
        case SectorView():
            return render_sector(view, pack)
        case HeatmapView():
            return render_heatmap(view, pack)
        case LaunchView():
            return render_launch(view, pack)
        case Dashboard():
            return render_dashboard(view, pack)


def _finished(job: Job, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the portfolio's own files with their pages made small for a release."""
    if not job.release:
        return files
    return {path: minify(data) if path.endswith(".html") else data for path, data in files.items()}


def _data(value: Any) -> bytes:
    return value if isinstance(value, bytes) else compact_json(value)


def _absent_finding(job: Job, why: bytes) -> Finding:
    message, _, hint = why.decode().partition("\n")
    return Finding(
        code="OG433",
        message=f"{job.id} was not rendered: {message}",
        place=Place(LOCK_PATH, ("packs", f"{job.pack}", "source")),
        hint=hint,
    )


def _picture_finding(fault: PictureFault) -> Finding:
    hint = "open it in a picture program, export it again and build again"
    return Finding("OG231", str(fault), Place(fault.source, span=Span(1, 1, 2)), hint)


def _template_finding(job: Job, where: "_Where", packs: Packs, error: Exception) -> Finding:
    why = shorten(f"{error}" or type(error).__name__, _LONGEST_MESSAGE, placeholder=" ...")
    within = f" (in {where.within})" if where.within else ""
    return Finding(
        code="OG402",
        message=f"the template failed for {job.id}: {printable(why)}{within}",
        place=_place(job, where, packs),
        hint="the other sites were rendered; correct the template and build again",
    )


def _place(job: Job, where: "_Where", packs: Packs) -> Place:
    span = Span(where.line, 1, 1)
    shared = where.name.startswith(BASE_PREFIX) or job.pack in {None, BASE_PACK, PORTFOLIO_PACK}
    if job.pack is None or shared:
        return Place(SourcePath(f"omnigrid/{where.name}"), span=span)
    return Place(packs[job.pack].source_of(where.name), span=span)


class _Where(NamedTuple):
    """A template and its line; ``within`` is what it called when something of ours failed."""

    name: str
    line: int
    within: str = ""


def _where(error: Exception) -> _Where | None:
    """Return what template is to be corrected; None where the error is not a template's.

    It is the innermost of the pack's own: what fails in the shared base, or is spent there, fails
    for what the pack gave to it.
    """
    match error:
        case (
            TemplateSyntaxError(name=str(name), lineno=line) | PackFault(name=str(name), line=line)
        ) if name:
            return _Where(name, line)
    frames = [
        _Where(frame.filename.removeprefix(TEMPLATE_FILE), frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(TEMPLATE_FILE)
    ]
    own = [frame for frame in frames if not frame.name.startswith(BASE_PREFIX)]
    if own and own[-1] is not frames[-1]:
        return own[-1]._replace(within=f"omnigrid/{frames[-1].name}, line {frames[-1].line}")
    if frames and not isinstance(error, LimitReached):
        return frames[-1]
    if isinstance(error, LimitReached):
        return own[-1] if own else _Where(_FIRST_PAGE, 1)
    return _Where(f"{error.name}", 1) if isinstance(error, TemplateNotFound) else None
