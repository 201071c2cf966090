"""The plan: who owns what, and what a job's inputs are."""

from omnigrid.match.index import index_brands
from omnigrid.match.placing import match_intents
from omnigrid.model.names import BrandId, SectorId
from omnigrid.model.plan import Job, Plan
from omnigrid.model.portfolio import Portfolio
from omnigrid.plan.jobs import Planned, plan_sites
from omnigrid.plan.sites import page_clashes, pages_by_brand
from support.values import brand, packs, page, portfolio, sector


def planned(given: Portfolio, renderer: str = "1") -> Planned:
    index = index_brands(given)
    return plan_sites(given, match_intents(given), index, packs(), renderer)


def jobs(given: Portfolio, renderer: str = "1") -> dict[str, Job]:
    return {job.id: job for job in planned(given, renderer).plan.jobs}


def changed(before: dict[str, Job], after: dict[str, Job]) -> set[str]:
    return {name for name in after if before.get(name) != after[name]}


def test_every_file_has_one_owner_and_jobs_are_sorted() -> None:
    plan: Plan = planned(portfolio()).plan
    paths = [path for job in plan.jobs for path in job.outputs]
    assert len(paths) == len(set(paths))
    assert [job.id for job in plan.jobs] == sorted(job.id for job in plan.jobs)
    assert {"index.html", "heatmap/index.html", "api/status.json"} <= set(paths)
    assert {"sites/spade/index.html", "sites/spade/404.html", "api/brands/TST-001.json"} <= set(
        paths
    )


def test_a_change_of_one_brand_touches_only_what_shows_it() -> None:
    brands = [brand(n, f"Brand {n}") for n in range(1, 9)]
    before = jobs(portfolio(*brands))
    brands[0] = brand(1, "Brand 1", description="Other words.")
    after = jobs(portfolio(*brands))
    assert changed(before, after) == {"site:brand-1", "api:brands/TST-001", "api"}


def test_a_brand_of_another_sector_changes_no_site_of_this_one() -> None:
    both = (sector(), sector("Kitchen"))
    before = jobs(portfolio(brand(1, "Spade"), sectors=both))
    extra = brand(2, "Pan", sector=SectorId("Kitchen"))
    after = jobs(portfolio(brand(1, "Spade"), extra, sectors=both))
    assert "site:spade" not in changed(before, after)


def test_the_renderer_is_an_input_of_every_job() -> None:
    before, after = jobs(portfolio()), jobs(portfolio(), renderer="2")
    assert changed(before, after) == set(after)


def test_inputs_name_the_files_that_they_come_from() -> None:
    site = jobs(portfolio(pages=(page(),)))["site:spade"]
    origins = {each.name: each.origin for each in site.inputs}
    assert origins["brand"] == "brands/spade.yaml"
    assert origins["pages"] == "content/news.md"
    assert origins["pack plain"] == "template_packs/plain/"


def test_two_pages_at_one_address_are_a_fault_that_names_both() -> None:
    both = portfolio(pages=(page("news"), page("news", source="content/old/news.md")))
    (finding,) = page_clashes(pages_by_brand(both, match_intents(both)))
    assert finding.code == "OG202"
    assert {finding.place.path} | set(finding.message.split()) >= {
        "content/news.md",
        "content/old/news.md",
    }


def test_two_jobs_that_claim_one_path_are_a_fault_that_names_both() -> None:
    # Ids that differ in case only are two brands, but one file where case does not count.
    same = (brand(1, "Spade"), brand(2, "Rake", id=BrandId("tst-001")))
    (finding,) = planned(portfolio(*same)).findings
    assert finding.code == "OG204"
    assert "api:brands/TST-001" in finding.message
    assert "api:brands/tst-001" in finding.message


def test_related_brands_form_a_ring() -> None:
    brands = [brand(n, f"Brand {n}") for n in range(1, 8)]
    view = jobs(portfolio(*brands))["site:brand-6"].view
    assert [card.name for card in view.related] == ["Brand 7", "Brand 1", "Brand 2", "Brand 3"]  # type: ignore[union-attr]


def test_a_domain_is_the_address_of_a_brand() -> None:
    brands = (brand(1, "Spade", domain="spade.example"), brand(2, "Rake"))
    views = jobs(portfolio(*brands))
    assert views["site:spade"].view.address == "https://spade.example/"  # type: ignore[union-attr]
    assert views["site:rake"].view.related[0].url == "https://spade.example/"  # type: ignore[union-attr]
    assert views["site:spade"].view.related[0].url == "../../sites/rake/index.html"  # type: ignore[union-attr]
