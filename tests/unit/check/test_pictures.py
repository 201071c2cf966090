"""Picture files, each judged by its outside: nothing is decoded that could be huge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from omnigrid.check.pictures import judge_picture
from omnigrid.model.digests import digest_bytes
from omnigrid.model.names import SourcePath
from omnigrid.model.pictures import MAX_BYTES, MAX_DRAWING, PictureFile, PictureFormat
from support.pictures import DRAWING, bomb, polyglot, raster


def faults(name: str, data: bytes) -> list[str]:
    reading = judge_picture(SourcePath(f"logos/{name}"), data)
    assert (reading.file is None) == bool(reading.findings)
    return [finding.message for finding in reading.findings]


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [
        ("a.png", "PNG", "RGB"),
        ("a.png", "PNG", "RGBA"),
        ("a.png", "PNG", "L"),
        ("a.jpg", "JPEG", "RGB"),
        ("a.jpeg", "JPEG", "CMYK"),
        ("A.JPG", "JPEG", "L"),
        ("a.webp", "WEBP", "RGB"),
        ("a.webp", "WEBP", "RGBA"),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (640, 480), (37, 1201)])
def test_the_size_is_read_from_the_outside(
    name: str, kind: str, mode: str, size: tuple[int, int]
) -> None:
    data = raster(kind, size, mode=mode)
    reading = judge_picture(SourcePath(name), data)
    assert reading.file == PictureFile(PictureFormat(kind.lower()), *size)
    assert reading.digest == digest_bytes(data)


def test_a_lossless_webp_says_its_size_elsewhere() -> None:
    reading = judge_picture(SourcePath("a.webp"), raster("WEBP", (333, 77), lossless=True))
    assert reading.file == PictureFile(PictureFormat.WEBP, 333, 77)


@pytest.mark.parametrize("turned", [1, 3, 5, 6, 8])
def test_a_turned_photograph_has_the_size_that_is_shown(turned: int) -> None:
    notes = Image.Exif()
    notes[0x0112] = turned
    data = raster("JPEG", (60, 20), exif=notes)
    sides = (60, 20) if turned < 5 else (20, 60)
    reading = judge_picture(SourcePath("a.jpg"), data)
    assert reading.file == PictureFile(PictureFormat.JPEG, *sides)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.png", bomb(), "50,000 × 50,000 pixels"),
        ("wide.png", bomb(20_000, 1), "20,000 × 1 pixels"),
        ("many.png", bomb(5_001, 5_001), "which is too many"),
        ("none.png", bomb(0, 5), "has no size"),
        ("huge.png", bomb(2**32 - 1, 2**32 - 1), "which is too many"),
        ("text.png", b"not a picture", "no PNG, JPEG or WebP"),
        ("page.png", b"<script>alert(1)</script>", "no PNG, JPEG or WebP"),
        ("empty.jpg", b"", "no PNG, JPEG or WebP"),
        ("gif.png", b"GIF89a" + bytes(50), "no PNG, JPEG or WebP"),
        ("jpeg.png", raster("JPEG"), "a picture of the format jpeg"),
        ("drawn.png", DRAWING.encode(), "no PNG, JPEG or WebP"),
        ("heavy.png", raster() + bytes(MAX_BYTES), "larger than 8 MiB"),
        ("heavy.svg", b" " * (MAX_DRAWING + 1), "larger than 256 KiB"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused(name: str, data: bytes, said: str) -> None:
    (message,) = faults(name, data)
    assert said in message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_picture_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    data = raster(kind)
    ending = PictureFormat(kind.lower()).ending
    assert len(faults(f"a.{ending}", data[: int(len(data) * share)])) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_page_behind_a_picture_does_not_matter(kind: str) -> None:
    assert faults(f"a.{PictureFormat(kind.lower()).ending}", polyglot(raster(kind))) == []


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.data())
def test_any_damage_is_an_answer_and_never_a_crash(kind: str, data: st.DataObject) -> None:
    whole = bytearray(raster(kind, (40, 30)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    faults(f"a.{PictureFormat(kind.lower()).ending}", bytes(whole))


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_and_never_a_crash(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"RIFF\xff\0\0\0WEBP"):
        faults("a.png", start + data)
        faults("a.svg", start + data)
