"""Whatever a request names, it is a file below the folder or it is refused."""

import posixpath
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from omnigrid.model.service import Problem
from omnigrid.serve.paths import segments_of

PLAIN = st.lists(st.sampled_from(["a", "a.html", "é", "b..c", "%41"]), max_size=4)
HARMFUL = st.sampled_from(
    "|..|.|%2e|%2E%2e|.%2e|..%2f..|a%2fb|a\\b|a%5Cb|a%00b|%c0%ae|%ff|.git|%2egit|a%0ab".split("|")
)


@given(st.binary(max_size=60).map(lambda tail: b"/" + tail) | st.binary(max_size=20))
@example(b"/a/%2e%2e/b")
@example(b"/%2e%2e%2fetc/passwd")
def test_a_path_stays_inside_or_is_refused(raw: bytes) -> None:
    try:
        names = segments_of(raw)
    except Problem:
        return
    joined = "/".join(names)
    assert posixpath.normpath(f"/{joined}").lstrip("/") == joined.rstrip("/")
    assert not any(name.startswith(".") or "\\" in name or "\0" in name for name in names)


@given(PLAIN, HARMFUL, PLAIN)
def test_what_climbs_is_refused(before: list[str], harmful: str, after: list[str]) -> None:
    with pytest.raises(Problem):
        segments_of(("/" + "/".join([*before, harmful, *after, "a"])).encode())


@given(st.lists(st.text("abcé ™-", min_size=1), min_size=1))
def test_plain_names_are_found_as_they_are(names: list[str]) -> None:
    assert segments_of(quote("/" + "/".join(names)).encode()) == tuple(names)


def test_a_folder_ends_in_an_empty_name() -> None:
    assert segments_of(b"/") == ("",)
    assert segments_of(b"/sites/actuary/") == ("sites", "actuary", "")
