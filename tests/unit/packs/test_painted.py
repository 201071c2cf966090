"""Whatever the accent, everything on a page of ours can be read: WCAG 2.2, AA.

Which colour stands on which is not listed here: it is found on rendered pages, with the style
sheets that they have, in each medium. So a rule that is added tomorrow is judged as well.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from omnigrid.model.colour import contrast
from omnigrid.model.digests import digest_files
from omnigrid.model.files import Contact, License, PackFile, Priority, Trademark
from omnigrid.model.names import JobId
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Pack
from omnigrid.model.palette import Palette, accent_of, dark_palette, light_palette
from omnigrid.model.plan import Artifact
from omnigrid.packs.local import builtin_pack
from omnigrid.plan.jobs import plan_sites
from omnigrid.render.jobs import render_job
from omnigrid.render.tokens import root_tokens
from support.cascade import Medium, Styles
from support.colours import evaluate, over
from support.painting import SHAPE, Pair, painted
from support.trees import parse_page
from support.values import PACK, brand, pack_file, page, portfolio, views

PACKS = Path(__file__).parents[3] / "template_packs"
NAMES = sorted(folder.name for folder in PACKS.iterdir() if (folder / "pack.yaml").is_file())
WIDE, NARROW = 90.0, 20.0
MEDIA = (
    Medium(WIDE),
    Medium(WIDE, pointed=True),
    Medium(WIDE, modern=False),
    Medium(NARROW),
    Medium(NARROW * 2, paper=True),
)
WORST = ("#ffff00", "#ffffff", "#000000", "#0a0a0a", "#ff0000", "#0000ff", "#7f7f7f", "#00ff00")
ARTICLE = """A [link](https://example.org/), `code`, a note[^1].

## Heading

> Quotation

1. one
2. two

| a | b |
|---|--:|
| 1 | 2 |

```python
pass
```

<figure><figcaption>Caption</figcaption></figure>

<kbd>K</kbd> <mark>M</mark>

Term
:   Meaning

[^1]: Note
"""
FULL: dict[str, Any] = {
    "keywords": ("soil", "water"),
    "priority": Priority.HIGH,
    "trademark": Trademark(classes=(9, 35), jurisdictions=("EUIPO", "USPTO")),
    "license": License(tier="Standard"),
    "contact": Contact(email="spade@example.org", phone="+1 2", address="Road 1"),
    "links": {"Documentation": "https://example.org/"},
    "domain": "spade.example.org",
}


Pairs = dict[tuple[Pair, bool], str]
"""Pairs, and whether they are on paper; with the place where each was found first."""


@pytest.fixture(scope="module", params=NAMES)
def pairs(request: pytest.FixtureRequest) -> Pairs:
    return pairs_of(request.param)


@cache
def pairs_of(name: str) -> Pairs:
    """Return every pair of a pack."""
    files = _site(name)
    css = _without_tokens(files["styles.css"])
    found: Pairs = {}
    variants = _variants(css)
    for path in ("index.html", "news.html", "404.html"):
        for variant in variants:
            root, styles = parse_page(files[path]), Styles(css)
            body = root[1]
            body.set("class", f"{body.get('class', '')[:-2]} v{variant}")
            for medium in MEDIA if variant == variants[0] else MEDIA[::4]:
                for seen in painted(root, styles, medium):
                    where = f"{name}/{path} v{variant} {seen.where} {medium}"
                    found.setdefault((seen.pair, medium.paper), where)
    return found


def _variants(css: str) -> list[int]:
    """Return one of each group of digits that the style sheet tells apart."""
    lines = css.splitlines()
    groups = {tuple(i for i, line in enumerate(lines) if f".v{n}" in line): n for n in range(10)}
    return sorted(groups.values())


def _without_tokens(css: str) -> str:
    return css[css.index("/* The shared base") :]


def _site(name: str) -> dict[str, str]:
    """Return the files of a site of a brand that says all there is to say, with a pack of ours."""
    given = portfolio(
        brand(1, "Spade", slug="spade", **FULL),
        *(brand(number, f"Rake {number}") for number in (2, 3)),
        pages=(page(body=ARTICLE, intent="Who digs?", tags=("a",)), page("more")),
    )
    built_in = {pack_id: builtin_pack(pack_id) for pack_id in (BASE_PACK, PORTFOLIO_PACK)}
    using = {PACK: _pack(name), **built_in}
    seen = views(given)
    jobs = plan_sites(seen, using, "1").plan.jobs
    job = next(job for job in jobs if job.id == "site:spade")
    made = render_job(job, seen.of(JobId(job.id)), using)
    assert isinstance(made, Artifact), made
    return {
        path.removeprefix(job.folder): data.decode(errors="replace") for path, data in made.files
    }


def _pack(name: str) -> Pack:
    folder = PACKS / name
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    known = pack_file()
    file = PackFile(
        id=PACK,
        name=known.name,
        version=known.version,
        api=1,
        description=known.description,
        features=("Dig", "Rake"),
    )
    return Pack(PACK, file, files, digest_files(files))


def faults_of(pairs: Pairs, accent: str) -> list[str]:
    """Return what cannot be read with an accent; paper is light."""
    return [
        f"{accent} {'dark' if dark else 'light'}: {wrong}, at {where}"
        for palette, dark in ((light_palette(accent), False), (dark_palette(accent), True))
        for (pair, paper), where in pairs.items()
        if not (paper and dark) and (wrong := _fault(pair, palette, dark))
    ]


def _fault(pair: Pair, palette: Palette, dark: bool) -> str | None:
    ground = "#ffffff"
    for layer in reversed(pair.grounds):
        ground = over(evaluate(layer, palette, dark), ground)
    colour = evaluate(pair.colour, palette, dark)
    shown = over(colour._replace(alpha=colour.alpha * pair.share), ground)
    least = 3.0 if pair.kind == SHAPE else 4.5
    ratio = contrast(shown, ground)
    return None if ratio >= least else f"{pair} is {ratio:.2f}: {shown} on {ground}"


FIXED = tuple(f"#{number * 0x9E3779 % 0x1000000:06x}" for number in range(1, 201))
"""Two hundred accents, spread by the golden ratio."""


def test_a_page_has_many_pairs_all_on_some_ground(pairs: Pairs) -> None:
    assert len(pairs) > 15
    assert all(pair.grounds for pair, _ in pairs)


def test_two_hundred_accents_and_the_worst_can_be_read(pairs: Pairs) -> None:
    assert [fault for accent in (*WORST, *FIXED) for fault in faults_of(pairs, accent)] == []


def test_paper_is_light_whatever_the_screen_was() -> None:
    dark = dark_palette("#2b8a3e").ground
    lines = [line for line in root_tokens("#2b8a3e").splitlines() if dark in line]
    assert len(lines) == 2
    assert all(line.startswith("@media screen") for line in lines)


@pytest.mark.parametrize(
    "colour", ["var(--line)", "color-mix(in oklab, var(--ink) 20%, var(--ground))"]
)
def test_what_is_too_faint_is_found(colour: str) -> None:
    faint = {(Pair("text", colour, ("var(--ground)",)), False): "here"}
    assert len(faults_of(faint, "#2b8a3e")) == 2


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=150, deadline=None)
@given(COLOURS | st.builds(accent_of, COLOURS, st.text(max_size=5)))
@example("#ffff00")
def test_any_accent_can_be_read_on_every_pack(accent: str) -> None:
    assert [fault for name in NAMES for fault in faults_of(pairs_of(name), accent)] == []
