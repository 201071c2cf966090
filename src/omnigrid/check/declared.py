"""What a ``pack.yaml`` declares: tokens whose defaults fit, and needs that there are."""

from collections.abc import Iterator

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.model.files import PackFile
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.shown import names_in, site_value
from omnigrid.model.tokens import PALETTE, TokenFile, TokenKind, expected_of, fits


def check_declared(path: SourcePath, file: object) -> Iterator[Finding]:
    """Yield what is wrong with what a ``pack.yaml`` declares."""
    if not isinstance(file, PackFile):
        return
    first: dict[str, int] = {}
    colours = {*PALETTE, *(t.name for t in file.tokens if t.type is TokenKind.COLOUR)}
    for number, token in enumerate(file.tokens):
        place = Place(path, ("tokens", number, "name"))
        if first.setdefault(token.name, number) != number:
            message = f'two design tokens are named "{token.name}"'
            yield Finding("OG404", message, place, "give each token a name of its own")
        if token.name in PALETTE:
            message = f'"{token.name}" is a colour that every site has, made from its accent'
            yield Finding("OG404", message, place, "give the token another name")
        yield from _declared(path, number, token, colours)
    names = {*names_in(site_value())}
    for kind in ("required", "optional"):
        for number, need in enumerate(getattr(file.needs, kind)):
            if need not in names:
                hint = did_you_mean(nearest(need, names)) or "docs/packs.md lists what there is"
                place = Place(path, ("needs", kind, number))
                yield Finding("OG410", f'no template sees "{need}"', place, hint)


def _declared(
    path: SourcePath, number: int, token: TokenFile, colours: set[str]
) -> Iterator[Finding]:
    keys = ("tokens", number)
    if token.type is TokenKind.CHOICE and not token.choices:
        message = f'the design token "{token.name}" has nothing to choose from'
        hint = "add `choices: [grid, list]`"
        yield Finding("OG404", message, Place(path, (*keys, "type")), hint)
    elif not fits(token, token.default):
        message = f'the default of "{token.name}" must be {expected_of(token)}'
        hint = f"write {expected_of(token)}"
        yield Finding("OG404", message, Place(path, (*keys, "default")), hint)
    for at, ground in enumerate(token.grounds):
        if ground not in colours:
            hint = did_you_mean(nearest(ground, colours)) or f"known: {', '.join(sorted(colours))}"
            place = Place(path, (*keys, "grounds", at))
            yield Finding("OG404", f'there is no colour "{ground}"', place, hint)
