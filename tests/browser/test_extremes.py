"""Brands that say all they may or next to nothing, read from the left and from the right."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seeing.example import build_at, packs, pages_of
from seeing.host import hosted
from support.axe import Axe
from support.fits import misfits
from support.keyboard import out_of_order, stops
from support.pages import DASHBOARDS, Deployed, Watched
from support.showcase import LONG, slug, write_showcase


@pytest.fixture(scope="module", params=sorted(LONG))
def extremes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Deployed]]:
    root = tmp_path_factory.mktemp(f"showcase-{request.param}")
    with hosted(root / "build") as address:
        portfolio = write_showcase(root / "written", request.param)
        yield request.param, Deployed(build_at(address, root, portfolio), address)


def paths_of(build: Path, pack: str) -> list[str]:
    if pack == "portfolio":
        return ["index.html", "heatmap/index.html", "sectors/showcase/index.html", *DASHBOARDS]
    full = pages_of(build, f"full-{slug(pack)}")[:2]
    return [*full, f"sites/bare-{slug(pack)}/index.html"]


@pytest.mark.parametrize("pack", ["portfolio", *packs()])
def test_a_pack_bears_what_is_much_and_what_is_missing(
    watch: Callable[..., Watched], axe: Axe, extremes: tuple[str, Deployed], pack: str
) -> None:
    language, deployed = extremes
    watched = watch(reduced_motion="reduce")
    page = watched.page
    found = []
    for path in paths_of(deployed.build, pack):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{deployed.address}{path}")
            where = f"{language} {path} {width}"
            found += misfits(page, where)
            found += [
                f"{where}: {fault}" for fault in out_of_order(stops(page), rtl=language == "ar")
            ]
        found += [f"{where}: {fault}" for fault in axe.violations(page)]
        direction = page.evaluate("getComputedStyle(document.body).direction")
        assert direction == ("rtl" if language == "ar" else "ltr")
    assert found + watched.faults == []
