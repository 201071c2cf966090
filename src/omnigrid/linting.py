"""What speaks against the template packs of a portfolio: files in, every diagnostic out."""

from collections.abc import Sequence

from omnigrid.check.files import Files
from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.check.overrides import check_overrides
from omnigrid.lint.pack import lint_pack
from omnigrid.load.locate import locate
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Diagnostic
from omnigrid.model.names import PackId
from omnigrid.model.packs import BASE_PACK
from omnigrid.model.source import Kind
from omnigrid.packs.local import read_packs
from omnigrid.reading import read_files
from omnigrid.workspace import Workspace


def lint_packs(workspace: Workspace, ids: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return every diagnostic of the packs with these ids, or of all: of their files and overrides.

    Whatever else is wrong with the portfolio is no obstacle. Raises InputError for an unknown id.
    """
    tree = workspace.tree
    readings = read_files(tree, memory=workspace.memory)
    wanted = _wanted(ids, readings.pack_ids)
    declared = {p.file.id: p.file for p in Files(readings.files).packs if p.file.id in wanted}
    packs = read_packs(tree, declared)
    found = [
        finding for pack_id in declared for finding in lint_pack(packs[pack_id], packs[BASE_PACK])
    ]
    for each in readings.files:
        if each.kind is Kind.PACK and each.path.split("/")[1] in wanted:
            found += each.findings
    found += check_overrides(readings.replacing, readings.pack_ids)
    found += readings.findings
    return locate(tree, found)


def _wanted(ids: Sequence[str], known: frozenset[PackId]) -> frozenset[PackId]:
    for each in ids:
        if each not in known:
            hint = did_you_mean(nearest(each, known)) or f"known: {', '.join(sorted(known))}"
            raise InputError(f'there is no template pack "{each}"', hint)
    return frozenset(map(PackId, ids)) or known
