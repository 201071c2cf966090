"""One job to its artifact: the only function that an executor calls."""

import traceback
from typing import Any, assert_never

from jinja2 import TemplateNotFound, TemplateSyntaxError

from omnigrid.model.errors import Bug
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import OutPath, SourcePath
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Packs
from omnigrid.model.plan import Artifact, Failure, Job
from omnigrid.model.views import ApiView, HeatmapView, HomeView, SectorView, SiteView, View
from omnigrid.render.environment import BASE_PREFIX, TEMPLATE_FILE, PackFault
from omnigrid.render.portfolio import render_heatmap, render_home, render_sector
from omnigrid.render.site import compact_json, render_site


def render_job(job: Job, view: View, packs: Packs) -> Artifact | Failure:
    """Return the files of a job, in the order of its outputs; or why its templates failed."""
    try:
        files = _render(job, view, packs)
    except Exception as error:
        place = _template_place(job, error)
        if place is None:
            raise
        return Failure(job.id, _template_finding(job, place, error))
    outputs = job.outputs
    if files.keys() != {*outputs}:
        raise Bug(f"job {job.id} made {sorted(files)} but owns {sorted(outputs)}")
    return Artifact(job.id, tuple((path, files[path]) for path in outputs))


def _render(job: Job, view: View, packs: Packs) -> dict[OutPath, bytes]:
    match view:
        case ApiView():
            return {path: _data(value) for path, value in view.documents}
        case SiteView():
            files = render_site(view, packs[view.brand.template], packs[BASE_PACK])
        case HomeView():
            files = render_home(view, packs[PORTFOLIO_PACK])
        case SectorView():
            files = render_sector(view, packs[PORTFOLIO_PACK])
        case HeatmapView():
            files = render_heatmap(view, packs[PORTFOLIO_PACK])
        case _:
            assert_never(view)
    placed = {OutPath(job.folder + path): data for path, data in files.items()}
    if isinstance(view, SiteView | SectorView):
        placed[job.others[0]] = compact_json(view.document)
    return placed


def _data(value: Any) -> bytes:
    return value if isinstance(value, bytes) else compact_json(value)


def _template_finding(job: Job, place: Place, error: Exception) -> Finding:
    return Finding(
        code="OG402",
        message=f"the template failed for {job.id}: {error}",
        place=place,
        hint="the other sites were rendered; correct the template and build again",
    )


def _template_place(job: Job, error: Exception) -> Place | None:
    """Return the template's file and line, from the error's traceback; None: not a template's."""
    found = None
    match error:
        case TemplateSyntaxError(name=str(name), lineno=line):
            found = name, line
        case TemplateNotFound(name=str(name)):
            found = name, 1
        case PackFault(name=name, line=line):
            found = name, line
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(TEMPLATE_FILE):
            found = frame.filename.removeprefix(TEMPLATE_FILE), frame.lineno or 1
    if found is None:
        return None
    name, line = found
    shared = name.startswith(BASE_PREFIX) or job.pack in {BASE_PACK, PORTFOLIO_PACK}
    folder = "omnigrid" if shared else f"template_packs/{job.pack}"
    return Place(SourcePath(f"{folder}/{name}"), span=Span(line, 1, 1))
