"""What themes choose: each token must be one of a pack that the theme holds for."""

from collections.abc import Iterable, Iterator, Sequence

from omnigrid.check.files import Files, Typed
from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.model.files import BrandFile, PackFile, Theme
from omnigrid.model.findings import Finding, Keys, Place, Severity
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.readable import SAMPLES, unreadable
from omnigrid.model.tokens import TokenFile, TokenKind, expected_of, fits, resolve
from omnigrid.model.tree import CONFIG_NAME

_KEYS: Keys = ("theme", "tokens")
_LISTED = 3


def check_themes(files: Files) -> Iterator[Finding]:
    """Yield every value of a theme that no pack asks for, or that does not fit its token."""
    packs = {pack.file.id: pack.file for pack in files.packs}
    used = _used_packs(files.brands, {s.file.id: s.file.template for s in files.sectors}, packs)
    if files.config is not None:
        yield from _theme(CONFIG_NAME, files.config.theme, list(packs.values()))
    for sector in files.sectors:
        own = packs.get(sector.file.template)
        asked = [*used.get(sector.file.id, {}).values(), *([own] if own else [])]
        yield from _theme(sector.path, sector.file.theme, asked)
    templates = {sector.file.id: sector.file.template for sector in files.sectors}
    for brand in files.brands:
        if brand.file.theme.tokens:
            name = brand.file.template or templates.get(brand.file.sector)
            pack = packs.get(name) if name else None
            if pack is not None:
                yield from _theme(brand.path, brand.file.theme, [pack])


def _used_packs(
    brands: Iterable[Typed[BrandFile]],
    templates: dict[str, PackId],
    packs: dict[PackId, PackFile],
) -> dict[str, dict[PackId, PackFile]]:
    """Return the packs of each sector's brands."""
    found: dict[str, dict[PackId, PackFile]] = {}
    for brand in brands:
        name = brand.file.template or templates.get(brand.file.sector)
        if name in packs:
            found.setdefault(brand.file.sector, {})[name] = packs[name]
    return found


def _theme(path: SourcePath, theme: Theme, packs: Sequence[PackFile]) -> Iterator[Finding]:
    for name, value in theme.tokens.items():
        asked = [(pack, token) for pack in packs for token in pack.tokens if token.name == name]
        if not asked:
            yield _unknown(path, name, packs)
        for pack, token in asked:
            if not fits(token, value):
                message = f'the design token "{name}" of {pack.id} must be {expected_of(token)}'
                hint = f"write for example {token.default}"
                yield Finding("OG404", message, Place(path, (*_KEYS, name)), hint)
                break
            yield from _readable(path, token, theme, pack)


def _readable(
    path: SourcePath, token: TokenFile, theme: Theme, pack: PackFile
) -> Iterator[Finding]:
    """Yield a chosen colour that cannot be read on a ground where the text stands."""
    value, values = theme.tokens[token.name], resolve(pack.tokens, theme.tokens)
    accents = [theme.accent.lower()] if theme.accent else SAMPLES
    for ground in token.grounds if token.type is TokenKind.COLOUR else ():
        worst = unreadable(value, ground, values, accents)
        if worst is not None:
            yield Finding(
                "OG418",
                f'"{token.name}" cannot be read on "{ground}" of {pack.id}: {worst}',
                Place(path, (*_KEYS, token.name)),
                "choose a darker or lighter colour, or two of them: light, then dark",
                Severity.WARNING,
            )
            return


def _unknown(path: SourcePath, name: str, packs: Sequence[PackFile]) -> Finding:
    known = {token.name for pack in packs for token in pack.tokens}
    asked = sorted({pack.id for pack in packs})
    where = f"in {', '.join(asked)}" if len(asked) <= _LISTED else f"in any of {len(asked)} packs"
    listed = f"known: {', '.join(sorted(known))}" if known else "the packs declare none"
    message = f'there is no design token "{name}" {where}'
    place = Place(path, (*_KEYS, name), on_key=True)
    return Finding("OG404", message, place, did_you_mean(nearest(name, known)) or listed)
