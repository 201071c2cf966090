"""Rules that a portfolio should keep: each breach is a warning, and the portfolio is built.

A licence that has run out is a warning too: it runs out on a day on which nobody changed a file,
and must not keep the other brands from being built. `check --strict` counts warnings as errors.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from omnigrid.check.files import Files, Typed
from omnigrid.check.lookalikes import check_lookalikes
from omnigrid.model.colour import contrast
from omnigrid.model.files import BrandFile, LicenseStatus
from omnigrid.model.findings import Finding, Keys, Place, Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.palette import SHAPE, WHITE, light_palette
from omnigrid.model.tree import CONFIG_NAME

SOON = dt.timedelta(days=30)


def check_rules(files: Files, dated: dt.date | None) -> Iterator[Finding]:
    """Yield every breach; ``dated`` is the day that counts as today, None where it is not known."""
    yield from check_lookalikes(files.brands)
    for brand in files.brands:
        yield from _check_license(brand, dated)
        if not brand.file.keywords:
            yield _warning(
                "OG215",
                "the brand has no keywords, so few intents will find it",
                Place(brand.path),
                "add what people would search for, such as `keywords: [frying pan, cast iron]`",
            )
    for path, keys, colour in _accents(files):
        yield from _check_accent(path, keys, colour)


def _check_license(brand: Typed[BrandFile], dated: dt.date | None) -> Iterator[Finding]:
    license_ = brand.file.license
    if license_ is None:
        yield _warning(
            "OG212",
            "the brand has no licence",
            Place(brand.path),
            "add a line `license:` and below it, two spaces further in, `tier: Standard`",
        )
        return
    expires = license_.expires
    place = Place(brand.path, ("license", "expires"))
    if license_.status is LicenseStatus.EXPIRED:
        place = Place(brand.path, ("license", "status"))
        yield _warning(
            "OG213",
            "the licence is marked as expired",
            place,
            "renew it and write `status: active`, or remove the brand",
        )
    elif expires and dated and expires <= dated:
        yield _warning(
            "OG213",
            f"the licence ran out on {expires}",
            place,
            "renew it and write the new date, or write `status: expired`",
        )
    elif expires and dated and expires <= dated + SOON:
        days = (expires - dated).days
        yield _warning(
            "OG214",
            f"the licence runs out on {expires}, in {days} {'day' if days == 1 else 'days'}",
            place,
            "renew it in time and write the new date",
        )


def _accents(files: Files) -> Iterator[tuple[SourcePath, Keys, str]]:
    """Yield every accent that a file declares, and where."""
    if files.config and files.config.theme.accent:
        yield CONFIG_NAME, ("theme", "accent"), files.config.theme.accent
    for sector in files.sectors:
        if sector.file.color:
            yield sector.path, ("color",), sector.file.color
        if sector.file.theme.accent:
            yield sector.path, ("theme", "accent"), sector.file.theme.accent
    for brand in files.brands:
        if brand.file.theme.accent:
            yield brand.path, ("theme", "accent"), brand.file.theme.accent


def _check_accent(path: SourcePath, keys: Keys, colour: str) -> Iterable[Finding]:
    ratio = contrast(colour, WHITE)
    if ratio < SHAPE:
        shown = light_palette(colour.lower()).accent
        yield _warning(
            "OG216",
            f"{colour} is too light to stand out on a white page "
            f"(contrast {ratio:.1f} to 1, and 3 to 1 is needed)",
            Place(path, keys),
            f'pages show "{shown}" instead: write that, or another darker colour',
        )


def _warning(code: str, message: str, place: Place, hint: str) -> Finding:
    return Finding(code, message, place, hint, Severity.WARNING)
