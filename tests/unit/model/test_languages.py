"""What a language tag says."""

import pytest

from omnigrid.model.languages import direction_of, locale_of


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa-IR", "rtl"),
        ("ur", "rtl"),
        ("ur-Latn", "ltr"),
        ("ku", "ltr"),
        ("ku-Arab-IQ", "rtl"),
        ("az-arab", "rtl"),
        ("pt-BR", "ltr"),
        ("de-1901", "ltr"),
    ],
)
def test_the_direction_follows_from_the_language_or_its_script(
    language: str, direction: str
) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", None),
        ("pt-BR", "pt_BR"),
        ("zh-Hant-tw", "zh_TW"),
        ("es-419", None),
        ("ku-Arab", None),
    ],
)
def test_a_locale_needs_a_country(language: str, locale: str | None) -> None:
    assert locale_of(language) == locale
