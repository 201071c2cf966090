"""Names, digests, health and colours."""

import hashlib
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from omnigrid.model.colour import contrast
from omnigrid.model.digests import blob_id, digest_bytes, digest_value
from omnigrid.model.names import is_slug, slugify, strip_marks
from omnigrid.model.palette import accent_of, dark_palette, light_palette, readable_on
from omnigrid.model.portfolio import Health, health_status


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Actuary™", "actuary"),
        ("ClaimChart Forge™", "claimchart-forge"),
        ("Café & Crème", "cafe-creme"),
        ("  KPI  Lighthouse® ", "kpi-lighthouse"),
        ("日本", ""),
    ],
)
def test_slugs_are_lower_case_ascii_without_marks(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_a_slug_is_a_slug_or_nothing(name: str) -> None:
    slug = slugify(name)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


def test_marks_are_stripped() -> None:
    assert strip_marks("Actuary™ Pro®") == "Actuary Pro"


@given(st.binary(max_size=200))
def test_a_blob_id_is_gits(data: bytes) -> None:
    assert digest_bytes(data) == hashlib.sha256(data).hexdigest()
    assert len(blob_id(data)) == 40


def test_a_blob_id_is_what_git_says() -> None:
    data = "Actuary™\n".encode()
    said = subprocess.run(
        ["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True
    )
    assert blob_id(data) == said.stdout.decode().strip()


def test_equal_values_have_equal_digests() -> None:
    assert digest_value({"a": 1, "b": 2}) == digest_value({"b": 2, "a": 1})
    assert digest_value({"a": 1}) != digest_value({"a": "1"})


@pytest.mark.parametrize(
    ("health", "status"),
    [(100, "emerald"), (95, "emerald"), (94, "amber"), (85, "amber"), (84, "red"), (0, "red")],
)
def test_status_is_computed_from_health(health: int, status: str) -> None:
    assert health_status(health) is Health(status)
    assert health_status(None) is Health.GREY


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TEXT_ON = [
    ("ink", ("ground", "surface", "soft")),
    ("muted", ("ground", "surface", "soft")),
    ("accent_text", ("ground", "surface", "soft")),
    ("on_accent", ("accent",)),
    ("on_soft", ("soft",)),
    ("on_deep", ("deep",)),
]


@settings(max_examples=400)
@given(COLOURS | st.builds(accent_of, COLOURS, st.text(max_size=5)))
@example("#ffff00")
@example("#ffffff")
@example("#000000")
@example("#ff0000")
@example("#767676")
def test_every_accent_gives_palettes_that_can_be_read(accent: str) -> None:
    for palette in (light_palette(accent), dark_palette(accent)):
        for text, grounds in TEXT_ON:
            for ground in grounds:
                assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5
        assert contrast(palette.accent, palette.ground) >= 3
        assert contrast(palette.accent, palette.surface) >= 3


@given(COLOURS)
def test_black_or_white_can_be_read_on_any_fill(fill: str) -> None:
    assert contrast(fill, readable_on(fill)) >= 4.5


@given(COLOURS, st.text(max_size=10))
def test_an_accent_of_a_family_is_always_the_same(family: str, name: str) -> None:
    assert accent_of(family, name) == accent_of(family, name)
    assert len(accent_of(family, name)) == 7


def test_members_of_a_family_differ() -> None:
    accents = {accent_of("#3451b2", f"FAA-{number:03d}") for number in range(30)}
    assert len(accents) >= 28
