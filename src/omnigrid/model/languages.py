"""What a language tag (BCP 47) says of how a text is set."""

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa glk he khw ks lrc mzn nqo pnb ps sd ug ur yi".split())
"""Languages whose usual script runs from right to left (Unicode CLDR, likely subtags)."""
_SCRIPTS = frozenset("adlm arab hebr mand mend nkoo rohg samr syrc thaa".split())
"""Scripts that do, by their ISO 15924 code."""


def direction_of(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``.

    A script that the tag names (``ku-Arab``, ``ur-Latn``) counts more than the language.
    """
    first, *others = language.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    backwards = script in _SCRIPTS if script else first in _RIGHT_TO_LEFT
    return "rtl" if backwards else "ltr"


def locale_of(language: str) -> str | None:
    """Return ``pt_BR`` for a tag that names a country (Open Graph wants one), else None."""
    first, *others = language.split("-")
    country = next((part for part in others if len(part) == 2 and part.isalpha()), None)
    return f"{first.lower()}_{country.upper()}" if country else None
