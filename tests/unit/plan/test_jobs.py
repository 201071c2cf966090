"""The plan: who owns what, and what a job's inputs are."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnigrid.model.files import ConfigFile, ForgeFile, MarkdownFlavour, Priority
from omnigrid.model.names import BrandId, Digest, JobId, SectorId
from omnigrid.model.plan import PLAIN, Brief, Edition, Job, Plan
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.views import SiteView
from omnigrid.plan.jobs import Planned, SiteJobs, plan_sites
from omnigrid.plan.sites import page_clashes, pages_by_brand
from support.values import brand, matched, packs, page, portfolio, sector, views


def planned(given: Portfolio, renderer: str = "1", edition: Edition = PLAIN) -> Planned:
    return plan_sites(views(given), packs(), renderer, edition)


def jobs(given: Portfolio, renderer: str = "1", edition: Edition = PLAIN) -> dict[str, Job]:
    return {job.id: job for job in planned(given, renderer, edition).plan.jobs}


def site_view(given: Portfolio, slug: str) -> SiteView:
    view = views(given).of(JobId(f"site:{slug}"))
    assert isinstance(view, SiteView)
    return view


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
    assert changed(before, after) == {"site:brand-1", "match:garden"}


def test_a_brand_of_another_sector_changes_no_site_of_this_one() -> None:
    both = (sector(), sector("Kitchen"))
    before = jobs(portfolio(brand(1, "Spade"), sectors=both))
    extra = brand(2, "Pan", sector=SectorId("Kitchen"))
    after = jobs(portfolio(brand(1, "Spade"), extra, sectors=both))
    assert "site:spade" not in changed(before, after)


def test_the_renderer_is_an_input_of_every_job() -> None:
    before, after = jobs(portfolio()), jobs(portfolio(), renderer="2")
    assert changed(before, after) == set(after)


def test_a_release_is_an_input_of_every_page_and_of_no_data() -> None:
    small = portfolio(pages=(page(),))
    plain, release, newer = (
        jobs(small, edition=edition)
        for edition in (PLAIN, Edition("small 1.0"), Edition("small 1.1"))
    )
    pages = {name for name, job in plain.items() if any("html" in file for file in job.files)}
    assert changed(plain, release) == pages == {n for n, job in release.items() if job.release}
    assert changed(release, newer) == pages


def test_a_site_has_feeds_where_a_page_has_a_date() -> None:
    dated = page("dated", date=dt.date(2026, 5, 4))
    for pages, feeds in (((), 0), ((page(),), 0), ((page(), dated), 2)):
        files = jobs(portfolio(pages=pages))["site:spade"].files
        assert sum(file.startswith("feed.") for file in files) == feeds
        assert len(files) == len(set(files))


def test_inputs_name_the_files_that_they_come_from() -> None:
    site = jobs(portfolio(pages=(page(),)))["site:spade"]
    origins = {each.name: each.origin for each in site.inputs}
    assert origins["brand"] == "brands/spade.yaml"
    assert origins["pages"] == "content/news.md"
    assert origins["pack plain"] == "template_packs/plain/"


def test_two_pages_at_one_address_are_a_fault_that_names_both() -> None:
    both = portfolio(pages=(page("news"), page("news", source="content/old/news.md")))
    (finding,) = page_clashes(pages_by_brand(both, matched(both)))
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
    assert "site:spade" in finding.message
    assert "site:rake" in finding.message
    assert "api/brands/" in finding.message


def test_related_brands_form_a_ring() -> None:
    brands = [brand(n, f"Brand {n}") for n in range(1, 8)]
    view = site_view(portfolio(*brands), "brand-6")
    assert [card.name for card in view.related] == ["Brand 7", "Brand 1", "Brand 2", "Brand 3"]


def test_a_domain_is_the_address_of_a_brand() -> None:
    brands = (brand(1, "Spade", domain="spade.example"), brand(2, "Rake"))
    spade, rake = (site_view(portfolio(*brands), slug) for slug in ("spade", "rake"))
    assert spade.address == "https://spade.example/"
    assert rake.related[0].url == "https://spade.example/"
    assert spade.related[0].url == "../../sites/rake/index.html"


_NAMES = ["Spade", "Rake", "Pan", "Pot"]
_BRANDS = st.builds(
    lambda picked: tuple(
        brand(number, name, sector=SectorId(place), **facts)
        for number, (name, (place, facts)) in enumerate(picked.items(), start=1)
    ),
    st.dictionaries(
        st.sampled_from(_NAMES),
        st.tuples(
            st.sampled_from(["Garden", "Kitchen"]),
            st.fixed_dictionaries(
                {},
                optional={
                    "tagline": st.sampled_from(["x", "y"]),
                    "domain": st.sampled_from(["one.example", "spade"]),
                    "priority": st.sampled_from(Priority),
                    "own_accent": st.sampled_from([None, "#c92a2a"]),
                    "keywords": st.sampled_from([("dig beds",), ("rain water",)]),
                },
            ),
        ),
        min_size=1,
    ),
)
_CONFIGS = st.builds(
    ConfigFile,
    name=st.sampled_from(["A", "A", "A", "B"]),
    base_url=st.sampled_from([None, None, "https://all.example/"]),
    markdown=st.sampled_from(MarkdownFlavour),
    forge=st.sampled_from([None, None, ForgeFile(repository="https://github.com/us/brands")]),
)
_STATES = st.builds(
    lambda brands, words, health, config, body, intent: portfolio(
        *brands,
        sectors=(sector(description=words, health=health), sector("Kitchen")),
        config=config,
        pages=(
            page("news", brand=brands[0].id, body=body),
            page("need", brand=None, intent=intent),
        ),
    ),
    _BRANDS,
    st.sampled_from(["one", "two"]),
    st.sampled_from([None, 50, 99]),
    _CONFIGS,
    st.sampled_from(["text", "other"]),
    st.sampled_from(["dig beds", "rain water"]),
)


@given(_STATES, _STATES)
def test_what_templates_see_follows_from_the_inputs(old: Portfolio, new: Portfolio) -> None:
    before, after = jobs(old), jobs(new)
    seen_before, seen_after = views(old), views(new)
    for name in before.keys() & after.keys():
        if seen_before.of(JobId(name)) != seen_after.of(JobId(name)):
            assert before[name].key != after[name].key, name


@given(_STATES, _STATES)
def test_families_of_one_state_have_sites_of_one_state(old: Portfolio, new: Portfolio) -> None:
    before, after = (SiteJobs(views(each), packs(), "1") for each in (old, new))
    families, later = before.families(), after.families()
    for sector_id in families.keys() & later.keys():
        sites, others = before.states({sector_id}), after.states({sector_id})
        assert families[sector_id] != later[sector_id] or sites == others
        for slug in sites.keys() & others.keys():
            assert (sites[slug] == others[slug]) == (before.job(slug).key == after.job(slug).key)


@given(_STATES, _STATES)
def test_what_was_planned_before_changes_no_plan(old: Portfolio, new: Portfolio) -> None:
    before, anew = planned(old), planned(new)
    again = plan_sites(views(new), packs(), "1", known=before.sectors)
    assert again.plan.briefs == anew.plan.briefs
    assert list(again.plan.jobs) == list(anew.plan.jobs)
    assert again.sectors == anew.sectors


@pytest.mark.parametrize("lacking", [(), (Brief(Digest("0" * 64), 3),)])
def test_a_plan_of_other_brands_is_made_anew(lacking: tuple[Brief, ...]) -> None:
    anew = planned(portfolio())
    known = {state: replace(each, sites=lacking) for state, each in anew.sectors.items()}
    again = plan_sites(views(portfolio()), packs(), "1", known=known)
    assert again.plan.briefs == anew.plan.briefs


@given(_STATES)
def test_every_job_is_as_its_brief_says(given: Portfolio) -> None:
    plan = planned(given).plan
    assert plan.briefs == {job.id: Brief(job.key, len(job.outputs)) for job in plan.jobs}


@given(_STATES)
def test_no_two_jobs_own_one_path(given: Portfolio) -> None:
    paths = [path for job in planned(given).plan.jobs for path in job.outputs]
    assert len(paths) == len(set(paths))
