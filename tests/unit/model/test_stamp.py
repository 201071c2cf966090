"""The stamp of a site: its digest is what `sha256sum` says, and is found in its text."""

import hashlib
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.stamp import STAMP_NAME, digest_in_stamp, digest_of_files, stamp_line

_FILES = st.dictionaries(st.sampled_from(["a.html", "b.css", "_c", "d.js"]), st.binary())


@given(_FILES)
def test_the_digest_is_found_in_the_text_that_holds_it(files: dict[str, bytes]) -> None:
    digest = digest_of_files(files)
    assert digest_in_stamp(f"/* SITE */\nBrand: X\n{stamp_line(digest)}\n") == digest


@given(_FILES, _FILES)
def test_equal_digests_mean_equal_files(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (digest_of_files(one) == digest_of_files(other)) == (one == other)


@given(_FILES, st.binary())
def test_the_stamp_itself_does_not_count(files: dict[str, bytes], stamp: bytes) -> None:
    assert digest_of_files({**files, STAMP_NAME: stamp}) == digest_of_files(files)


def test_the_digest_is_that_of_what_sha256sum_prints(tmp_path: Path) -> None:
    files = {"styles.css": b"p{}", "index.html": b"<p>", "_headers": b"/*\n", "404.html": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    printed = subprocess.run(
        ["sha256sum", *sorted(files)], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert digest_of_files(files) == hashlib.sha256(printed).hexdigest()


def test_what_is_no_stamp_has_no_digest() -> None:
    line = stamp_line(digest_of_files({}))
    assert digest_in_stamp("<!doctype html><title>Not found</title>") is None
    assert digest_in_stamp(f"Name: {line}") is None
    assert digest_in_stamp(f"{line}\n{line}\n") is None
    assert digest_in_stamp(line[:-1]) is None
