"""made_for: what each kind of host expects beside the sites, and nothing that is there already."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.headers import EVERYWHERE, MAX_RULES
from omnigrid.model.names import OutPath, Slug
from omnigrid.model.targets import HostKind
from omnigrid.plan.hosts import made_for, served_root
from support.targets import placed

WITH_HEADERS = (HostKind.CLOUDFLARE_PAGES, HostKind.NETLIFY)
HOSTED = [kind for kind in HostKind if kind not in {HostKind.LOCAL, HostKind.PLAIN}]


def names(made: dict[OutPath, bytes]) -> set[str]:
    return {str(path) for path in made}


def rules(text: bytes) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in text.decode().splitlines():
        if line.startswith("/"):
            assert line not in found
            path, found[line] = line, {}
        else:
            name, value = line.strip().split(": ", 1)
            assert name not in found[path]
            found[path][name] = value
    return found


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (HostKind.LOCAL, set()),
        (HostKind.PLAIN, set()),
        (HostKind.GITHUB_PAGES, {".nojekyll", "404.html", "CNAME"}),
        (HostKind.GITLAB_PAGES, {".gitlab-ci.yml", "public/404.html"}),
        (HostKind.CLOUDFLARE_PAGES, {"_headers", "404.html"}),
        (HostKind.NETLIFY, {"_headers", "404.html"}),
        (HostKind.CODEBERG_PAGES, {".domains", "404.html"}),
    ],
)
def test_what_a_kind_expects(kind: HostKind, expected: set[str]) -> None:
    assert names(made_for(placed(kind, domain="actuary.example"), ())) == expected


def test_without_a_domain_no_file_holds_one() -> None:
    for kind in HostKind:
        assert not {"CNAME", ".domains"} & names(made_for(placed(kind), ()))


@pytest.mark.parametrize(
    ("kind", "path"), [(HostKind.GITHUB_PAGES, "CNAME"), (HostKind.CODEBERG_PAGES, ".domains")]
)
def test_a_domain_stands_alone_on_its_line(kind: HostKind, path: str) -> None:
    assert made_for(placed(kind, domain="a.example"), ())[OutPath(path)] == b"a.example\n"


@given(
    st.sampled_from(HOSTED), st.sets(st.sampled_from(["404.html", "_headers", "public/404.html"]))
)
def test_what_a_site_brings_itself_is_not_made(kind: HostKind, there: set[str]) -> None:
    assert not names(made_for(placed(kind), there)) & there


def test_github_is_told_in_the_folder_that_it_serves() -> None:
    whole = placed(HostKind.GITHUB_PAGES, folder="docs/", domain="a.example")
    assert names(made_for(whole, ())) == {"docs/.nojekyll", "docs/404.html", "docs/CNAME"}
    assert served_root(placed(HostKind.GITHUB_PAGES, folder="doc/")) == ""
    assert served_root(placed(HostKind.NETLIFY, folder="docs/")) == ""


def test_gitlab_serves_the_branch_of_the_rule_and_never_a_staging_branch() -> None:
    for branch in ("main", "staging", "preview/pr-1"):
        text = made_for(placed(HostKind.GITLAB_PAGES, branch), ())[OutPath(".gitlab-ci.yml")]
        (name, job), *others = yaml.safe_load(text).items()
        assert (name, others) == ("pages", [])
        assert job["rules"] == [{"if": '$CI_COMMIT_BRANCH == "main"'}]
        assert job["artifacts"] == {"paths": ["public"]}


FILES = ("feed.xml", "feed.json", "favicon.svg", "humans.txt", "index.html", "pictures/a.webp")


def paths_of(folders: list[str], root: str = "") -> list[str]:
    return [f"{root}{folder}{name}" for folder in folders for name in FILES]


def matching(told: dict[str, dict[str, str]], path: str) -> list[dict[str, str]]:
    """The rules of a path, as Cloudflare and Netlify match them."""

    def matches(rule: str) -> bool:
        pattern = re.sub(r":[A-Za-z]\w*", "[^/]+", rule.replace(".", r"\.").replace("*", ".*"))
        return re.fullmatch(pattern, f"/{path}") is not None

    return [its for rule, its in told.items() if matches(rule)]


@pytest.mark.parametrize("kind", WITH_HEADERS)
def test_one_file_speaks_of_all_sites(kind: HostKind) -> None:
    slugs = [f"brand-{number}" for number in range(500)]
    paths = paths_of([f"sites/{slug}/" for slug in slugs])
    told = rules(made_for(placed(kind), paths)[OutPath("_headers")])
    assert told["/*"] == EVERYWHERE
    assert set(told) == {
        "/*",
        "/sites/:at1/favicon.svg",
        "/sites/:at1/feed.json",
        "/sites/:at1/feed.xml",
        "/sites/:at1/pictures/*",
    }


segments = st.sampled_from(["a", "b-1", "law", "x"])


@given(
    st.sampled_from(WITH_HEADERS), st.lists(st.tuples(segments, segments), min_size=1, unique=True)
)
def test_every_file_has_each_header_once(kind: HostKind, places: list[tuple[str, str]]) -> None:
    folders = {Slug(f"s{n}"): f"{one}/{two}/" for n, (one, two) in enumerate(places)}
    paths = paths_of(list(folders.values()))
    told = rules(made_for(placed(kind, folders=folders), paths)[OutPath("_headers")])
    for path in paths:
        said = [name for its in matching(told, path) for name in its]
        assert len(said) == len(set(said)), path
        assert set(said) >= set(EVERYWHERE)
        assert ("Cache-Control" in said) == path.endswith((".svg", ".webp"))
        assert ("Content-Type" in said) == path.endswith(("feed.xml", "feed.json"))


def test_there_are_never_more_rules_than_are_read() -> None:
    folders = {Slug("s"): "s/"}
    paths = [f"s/picture-{number}.png" for number in range(300)]
    made = made_for(placed(HostKind.CLOUDFLARE_PAGES, folders=folders), paths)
    assert len(rules(made[OutPath("_headers")])) == MAX_RULES


def test_no_line_is_longer_than_is_read() -> None:
    made = made_for(placed(HostKind.CLOUDFLARE_PAGES), paths_of(["sites/a/"]))
    assert max(map(len, made[OutPath("_headers")].splitlines())) <= 2_000
