"""Pictures that are made: cards and icons of values, sizes and formats of pictures."""

import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from PIL import Image

from omnigrid.model.colour import contrast
from omnigrid.model.digests import digest_bytes
from omnigrid.model.files import Images
from omnigrid.model.names import JobId, PackId, SourcePath
from omnigrid.model.packs import BASE_PACK
from omnigrid.model.pictures import Exposure, Original, PictureFormat, Variant
from omnigrid.model.rasters import read_raster, without_words
from omnigrid.model.views import SiteView
from omnigrid.packs.local import builtin_pack
from omnigrid.plan.gallery import Studio, picture_files
from omnigrid.plan.views import Views
from omnigrid.render.figures import with_pictures
from omnigrid.render.images.card import open_graph_card
from omnigrid.render.images.icons import icon
from omnigrid.render.images.motifs import MOTIFS
from omnigrid.render.images.variants import resized
from omnigrid.render.studio import missing_maker, picture_maker, site_pictures
from support.pictures import opened, polyglot, raster, said
from support.values import brand, matched, page, portfolio, views

BASE = builtin_pack(BASE_PACK)
PACKS = (
    "compliance_dashboard ip_tracking sustainability_portal algorithm_verification "
    "analytics_platform governance_portal operations_monitor market_compliance"
).split()


def view(**facts: Any) -> SiteView:
    given = brand(1, "Spade", **facts)
    seen = views(portfolio(given)).of(JobId(f"site:{given.slug}"))
    assert isinstance(seen, SiteView)
    return seen


def card(**facts: Any) -> bytes:
    name, template = facts.pop("name", "Spade"), facts.pop("template", PackId("plain"))
    seen = view(**facts)
    shown = {"name": name, "template": template}
    return open_graph_card(replace(seen, brand=replace(seen.brand, **shown)), BASE)


@pytest.mark.parametrize("template", PACKS)
def test_each_type_of_site_has_a_card_of_its_own(template: str) -> None:
    data = card(template=template)
    image = opened(data)
    assert (image.size, image.mode, len(data) <= 12 * 1024) == ((1200, 630), "P", True)
    others = {card(template=other) for other in PACKS if other != template}
    assert len(MOTIFS) == len(PACKS)
    assert data not in others


@pytest.mark.parametrize("accent", ["#ffff00", "#ffffff", "#010101", "#ff0000", "#0b7285"])
@pytest.mark.parametrize("template", PACKS)
def test_the_name_can_be_read_on_every_card(template: str, accent: str) -> None:
    image = opened(card(template=template, own_accent=accent)).convert("RGB")
    counts = image.crop((60, 200, 780, 420)).getcolors(4096)
    assert counts is not None
    (_, ground), (_, ink) = sorted(counts, reverse=True)[:2]
    shown = ["#" + bytes(colour).hex() for colour in (ground, ink) if isinstance(colour, tuple)]
    assert contrast(*shown) >= 4.5


@given(name=st.text(min_size=1, max_size=200), tagline=st.text(min_size=1, max_size=200))
def test_any_words_make_a_card_whose_text_stays_within(name: str, tagline: str) -> None:
    image = opened(card(name=name, tagline=tagline, own_accent="#0b7285", template="unknown"))
    plain = opened(card(name=" ", tagline=" ", own_accent="#0b7285", template="unknown"))
    for edge in ((0, 0, 60, 630), (0, 600, 790, 630), (0, 0, 790, 40)):
        assert (
            image.convert("RGB").crop(edge).tobytes() == plain.convert("RGB").crop(edge).tobytes()
        )


@pytest.mark.parametrize("size", [180, 192, 512])
def test_an_icon_keeps_its_letters_in_the_middle(size: int) -> None:
    data = icon("MW", "#0b7285", size, BASE)
    image = opened(data).convert("RGB")
    assert (image.size, len(data) < 5000) == ((size, size), True)
    ground = image.getpixel((0, 0))
    letters = Image.new("L", image.size)
    flat = image.tobytes()
    pixels = (tuple(flat[at : at + 3]) for at in range(0, len(flat), 3))
    letters.putdata([0 if pixel == ground else 255 for pixel in pixels])
    box = letters.getbbox()
    assert box is not None
    assert min(box[:2]) >= size * 0.19
    assert max(box[2:]) <= size * 0.81


def test_another_process_draws_the_same_bytes() -> None:
    drawn = (
        "from omnigrid.packs.local import builtin_pack; from omnigrid.model.packs import BASE_PACK;"
        "from omnigrid.render.images.icons import icon; import sys;"
        "sys.stdout.buffer.write(icon('Ö', '#c92a2a', 192, builtin_pack(BASE_PACK)))"
    )
    made = subprocess.run([sys.executable, "-c", drawn], capture_output=True, check=True).stdout
    assert made == icon("Ö", "#c92a2a", 192, BASE)


def original(data: bytes, kind: str = "PNG", size: tuple[int, int] = (640, 480)) -> Original:
    return Original(
        SourcePath("content/a.png"), digest_bytes(data), PictureFormat(kind.lower()), *size
    )


def exposure(data: bytes, kind: str, size: tuple[int, int], *variants: Variant) -> Exposure:
    return Exposure(original(data, kind, size), data, variants)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "L"), ("PNG", "RGBA"), ("PNG", "RGB"), ("JPEG", "CMYK"), ("WEBP", "RGBA")],
)
@pytest.mark.parametrize("made", list(PictureFormat)[1:])
def test_pictures_of_every_kind_become_variants(kind: str, mode: str, made: PictureFormat) -> None:
    data = raster(kind, (640, 480), mode=mode)
    wanted = Variant(f"a.{made.ending}", made, 320, 240)
    (small,) = resized(exposure(data, kind, (640, 480), wanted)).values()
    image = opened(small)
    assert (image.size, read_raster(small).format) == ((320, 240), made)
    if "A" in mode and made is not PictureFormat.JPEG:
        assert image.convert("RGBA").getchannel("A").getextrema() != (255, 255)


def test_pictures_with_sixteen_bits_keep_their_shades() -> None:
    deep = Image.new("I;16", (20, 10))
    deep.putdata([value * 300 for value in range(200)])
    target = BytesIO()
    deep.save(target, "PNG")
    wanted = Variant("a.png", PictureFormat.PNG, 20, 10)
    (made,) = resized(exposure(target.getvalue(), "PNG", (20, 10), wanted)).values()
    assert list(opened(made).convert("L").tobytes()) == [value * 300 >> 8 for value in range(200)]


def test_a_turned_photograph_stands_upright_and_says_nothing() -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Camera of Jane Doe"
    data = raster("JPEG", (640, 480), exif=notes)
    wanted = Variant("a.jpg", PictureFormat.JPEG, 480, 640)
    (made,) = resized(exposure(data, "JPEG", (480, 640), wanted)).values()
    assert b"Jane" not in made
    assert opened(made).size == (480, 640)
    copied = without_words(data)
    assert b"Jane" not in copied
    assert (read_raster(copied).width, read_raster(copied).turned) == (480, 6)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True, "comment": b"Jane Doe"}),
        ("WEBP", {"xmp": b"Jane Doe"}),
        ("WEBP", {"lossless": True, "exif": b"Exif\0\0Jane Doe"}),
    ],
)
def test_a_copy_looks_the_same_and_holds_nothing_else(kind: str, options: dict[str, Any]) -> None:
    data = raster(kind, **options)
    data = polyglot(said(data) if kind == "PNG" else data)
    made = without_words(data)
    assert opened(made).tobytes() == opened(data).tobytes()
    assert (b"Jane" in made, b"<script" in made) == (False, False)
    assert without_words(made) == made


@given(
    sides=st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    kind=st.sampled_from(["PNG", "JPEG", "WEBP", "SVG"]),
    makes=st.booleans(),
)
def test_no_variant_is_larger_than_its_picture(
    sides: tuple[int, int], kind: str, makes: bool
) -> None:
    shown = original(b"x", kind, sides)
    logo = brand(1, "Spade", logo=shown)
    pages = [page(pictures=(("a.png", shown),)), page("other", pictures=(("b.png", shown),))]
    seen = Views(
        given := portfolio(logo, pages=tuple(pages)),
        matched(given),
        {logo.id: pages},
        views(given).finder,
        lambda _page: "",
        studio=Studio("Some maker" if makes else "", lambda _picture: b"x"),
    ).of(JobId("site:spade"))
    assert isinstance(seen, SiteView)
    made = [each for exposure in seen.exposures for each in exposure.variants]
    names = picture_files(logo, pages, makes=makes)
    assert [each.file for each in made] == list(names[4 if makes else 0 :])
    assert len(set(names)) == len(names)
    for each in made:
        assert 1 <= each.width <= sides[0]
        assert 1 <= each.height <= sides[1]
    known = {each.file for each in made}
    for facts in (seen.logo, *seen.pages[0].pictures.values()):
        assert facts is not None
        assert facts.file in known
        for source in facts.sources:
            assert {part.split()[0] for part in source.srcset.split(",")} <= known


def test_the_maker_is_named_by_its_version_and_turned_off_by_the_configuration() -> None:
    assert "pillow" in picture_maker(Images.AUTO)
    assert picture_maker(Images.ON) == picture_maker(Images.AUTO)
    assert picture_maker(Images.OFF) == ""
    assert missing_maker(Images.ON) == ()


def test_a_site_without_a_maker_has_no_pictures() -> None:
    assert site_pictures(view(), BASE) == {}


def test_pictures_of_a_page_are_shown_and_others_left_alone() -> None:
    html = Markup(
        '<p><img alt="A &amp; &quot;B&quot;" src="a%20b.png?x#y"> <img src="https://e.example/c.png">'
        '<img alt="" src="a b.png"></p>'
    )
    facts = {"file": "p/a.png", "width": 4, "height": 2, "srcset": "", "sizes": "", "sources": []}
    made = with_pictures(html, {"a b.png": facts})
    shown = 'src="p/a.png" width="4" height="2"'
    assert f'<img alt="A &amp; &#34;B&#34;" {shown} decoding="async">' in made
    assert f'<img alt="" {shown} loading="lazy" decoding="async">' in made
    assert '<img src="https://e.example/c.png">' in made
