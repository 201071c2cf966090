"""What stands in place of files of packs: whether there is such a pack."""

from collections.abc import Iterable, Iterator

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.packs import OVERRIDES_FOLDER

_START = Span(1, 1, 2)


def check_overrides(paths: Iterable[SourcePath], pack_ids: frozenset[PackId]) -> Iterator[Finding]:
    """Yield every file below ``template_packs/_overrides/`` that replaces nothing."""
    for path in sorted(paths):
        pack_id, _, name = path.removeprefix(OVERRIDES_FOLDER).partition("/")
        place = Place(path, span=_START)
        if not name:
            message = "the file belongs to no pack"
            hint = f"put it into a folder named like its pack: {OVERRIDES_FOLDER}<pack>/{pack_id}"
            yield Finding("OG403", message, place, hint)
        elif PackId(pack_id) not in pack_ids:
            near = did_you_mean(nearest(pack_id, pack_ids))
            hint = near or f"known packs: {_listed(pack_ids)}"
            yield Finding("OG403", f'there is no template pack "{pack_id}"', place, hint)
        elif name == "pack.yaml":
            message = "what a pack is cannot be replaced"
            hint = "choose its design tokens in a `theme:`, or change the pack itself"
            yield Finding("OG403", message, place, hint)


def _listed(pack_ids: Iterable[PackId]) -> str:
    return ", ".join(sorted(pack_ids))
