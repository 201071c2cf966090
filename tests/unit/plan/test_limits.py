"""Limits of hosts: what is counted, and what follows from it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.errors import Conflict
from omnigrid.model.limits import Force, Limit, Measure, Weight
from omnigrid.model.names import BlobId, OutPath
from omnigrid.model.publishing import Target
from omnigrid.model.targets import HostKind, LimitsFile
from omnigrid.plan.limits import (
    breach_text,
    breaches_of,
    limits_of,
    refuse_over_limits,
    warnings_of,
    weigh,
)
from support.targets import placed

MIB = 1 << 20
segment = st.text("abé-", min_size=1, max_size=4)
paths = st.lists(segment, min_size=1, max_size=4).map("/".join)
trees = st.dictionaries(paths, st.integers(0, 10**9), max_size=20)


def forces(kind: HostKind, weight: Weight, **given: Any) -> set[tuple[str, Measure, Force]]:
    found = breaches_of(limits_of(placed(kind, **given)), weight)
    return {(each.limit.host, each.limit.measure, each.force) for each in found}


def weight(**given: Any) -> Weight:
    return Weight(**({"files": 1, "folders": 0, "size": 1} | given))


def target(kind: HostKind, weight: Weight, **given: Any) -> Target:
    destination = placed(kind, **given)
    return Target(destination, {}, breaches=breaches_of(limits_of(destination), weight))


@given(trees)
def test_a_branch_is_counted_as_a_file_system_counts_it(tree: dict[str, int]) -> None:
    found = weigh(tree.items())
    folders = {path[:at] for path in tree for at, sign in enumerate(path) if sign == "/"}
    inside = [path.rpartition("/")[0] for path in (*tree, *folders)]
    assert (found.files, found.folders) == (len(tree), len(folders))
    assert found.size == sum(tree.values())
    assert found.largest[0] == max(tree.values(), default=0)
    assert found.widest[0] == max(map(inside.count, inside), default=0)
    assert found.longest[0] == max((len(path.encode()) for path in tree), default=0)
    assert found.deepest[0] == max((path.count("/") for path in tree), default=0)


@given(st.integers(1, 1000), st.integers(0, 1500), st.booleans())
def test_what_follows_from_a_number(most: int, found: int, hard: bool) -> None:
    limit = Limit("Host", Measure.FILES, most, "host.example", hard=hard)
    forces = [each.force for each in breaches_of([limit], weight(files=found))]
    if found > most:
        assert forces == [Force.REFUSED if hard else Force.ADVISED]
    elif found > 0.8 * most:
        assert forces == ([Force.NEAR] if hard else [])
    else:
        assert forces == []


@pytest.mark.parametrize(
    ("kind", "over", "measure", "host"),
    [
        (HostKind.GITHUB_PAGES, weight(size=10**9 + 1), Measure.SITE, "GitHub Pages"),
        (HostKind.GITHUB_PAGES, weight(largest=(100 * MIB + 1, "x")), Measure.FILE, "GitHub"),
        (HostKind.GITLAB_PAGES, weight(files=150_000, folders=50_001), Measure.ENTRIES, None),
        (HostKind.GITLAB_PAGES, weight(size=10**9 + 1), Measure.SITE, "GitLab Pages"),
        (HostKind.CLOUDFLARE_PAGES, weight(files=20_001), Measure.FILES, "Cloudflare Pages"),
        (HostKind.CLOUDFLARE_PAGES, weight(largest=(25 * MIB + 1, "x")), Measure.FILE, None),
        (HostKind.NETLIFY, weight(widest=(54_001, "sites")), Measure.WIDTH, "Netlify"),
        (HostKind.CODEBERG_PAGES, weight(size=750 * MIB + 1), Measure.SITE, "Codeberg"),
        (HostKind.PLAIN, weight(longest=(4_096, "x")), Measure.PATH, "Linux"),
    ],
)
def test_what_a_host_refuses(
    kind: HostKind, over: Weight, measure: Measure, host: str | None
) -> None:
    refused = [each for each in forces(kind, over) if each[2] is Force.REFUSED]
    assert [each[1] for each in refused] == [measure]
    assert host in {None, refused[0][0]}
    with pytest.raises(Conflict, match="more than its host takes"):
        refuse_over_limits(target(kind, over))


def test_what_a_host_advises_is_published_and_said() -> None:
    wide = weight(widest=(3_001, "sites"), deepest=(51, "a"))
    found = target(HostKind.GITHUB_PAGES, wide)
    refuse_over_limits(found)
    assert warnings_of(found)[0] == (
        "3,001 entries in one folder (sites), GitHub advises at most 3,000 (docs.github.com/en/"
        "repositories/creating-and-managing-repositories/repository-limits)"
    )
    assert len(warnings_of(found)) == 2


def test_a_folder_of_ones_own_has_no_limits() -> None:
    assert limits_of(placed(HostKind.LOCAL)) == ()


def test_a_forge_has_its_limits_whoever_serves_its_branches() -> None:
    large = weight(largest=(101 * MIB, "film.mp4"))
    for address in ("git@github.com:o/r.git", "https://GitHub.com/o/r.git"):
        found = forces(HostKind.NETLIFY, large, repository=address)
        assert found == {("GitHub", Measure.FILE, Force.REFUSED)}
    assert forces(HostKind.NETLIFY, large, repository="git@h.example:o/r.git") == set()


def test_what_a_host_grants_beyond_is_said_by_the_target() -> None:
    many, large = weight(files=20_001), weight(size=10**9 + 1)
    paid = {"limits": LimitsFile(files=100_000, megabytes=2_000)}
    assert not forces(HostKind.CLOUDFLARE_PAGES, many, says=paid)
    assert not forces(HostKind.GITLAB_PAGES, large, says=paid)
    less = {"limits": LimitsFile(files=20_000)}
    (breach,) = target(HostKind.CLOUDFLARE_PAGES, many, says=less).breaches
    assert breach_text(breach) == (
        "20,001 files, Cloudflare Pages takes at most 20,000 (`limits` of the target)"
    )


def test_sizes_are_said_as_the_host_says_them() -> None:
    (breach,) = target(HostKind.GITHUB_PAGES, weight(size=1_234_000_000)).breaches
    assert breach_text(breach).startswith("1.2 GB in all, GitHub Pages takes at most 1 GB (docs.")
    (breach,) = target(HostKind.CLOUDFLARE_PAGES, weight(largest=(26 * MIB, "a.pdf"))).breaches
    assert breach_text(breach).startswith("26 MiB in one file (a.pdf), Cloudflare Pages takes at")


def test_a_file_that_gave_way_is_said() -> None:
    plain = Target(placed(HostKind.GITLAB_PAGES), {OutPath("a"): BlobId("1")})
    given_way = Target(plain.destination, plain.files, theirs=(OutPath(".gitlab-ci.yml"),))
    assert warnings_of(plain) == ()
    assert warnings_of(given_way) == (
        ".gitlab-ci.yml is somebody else's there and was kept as it is",
    )
