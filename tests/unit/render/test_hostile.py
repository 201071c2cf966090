"""Packs that mean harm: each is stopped at its line, with its file; nothing else is touched."""

# ruff: noqa: E501  (a template stands on one line)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.model.names import JobId
from omnigrid.model.packs import BASE_PACK, Packs
from omnigrid.model.plan import Artifact, Failure
from omnigrid.plan.jobs import plan_sites
from omnigrid.render.environment import pack_environment
from omnigrid.render.jobs import render_job
from omnigrid.render.limits import Allowance, LimitReached
from omnigrid.render.meter import metered
from support.hostile import BOMBS, BURIED, ESCAPES, SIGNS, Hostile
from support.templates import templates
from support.values import PACK, brand, pack, packs, page, portfolio, views

HOSTILE = {**BOMBS, **BURIED, **ESCAPES, **SIGNS}
GIVEN = portfolio()


def render(using: Packs, slug: str = "spade") -> Artifact | Failure:
    seen = views(GIVEN)
    job_id = JobId(f"site:{slug}")
    jobs = {job.id: job for job in plan_sites(seen, using, "1").plan.jobs}
    return render_job(jobs[job_id], seen.of(job_id), using)


def shown(template: str, **files: str) -> str:
    """Return what a template makes of the first brand."""
    result = render(packs(template, **files))
    assert isinstance(result, Artifact), result
    return dict(result.files)["sites/spade/index.html"].decode()  # type: ignore[index]


def stopped(using: Packs) -> tuple[str, int, str]:
    """Return file, line and message of what stopped a pack."""
    result = render(using)
    assert isinstance(result, Failure), result
    assert result.finding.code == "OG402"
    span = result.finding.place.span
    assert span
    return result.finding.place.path, span.line, result.finding.message


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_stopped_at_its_line(name: str) -> None:
    hostile: Hostile = HOSTILE[name]
    path, line, message = stopped(packs(hostile.source))
    assert path == "template_packs/plain/index.html"
    assert line == hostile.line, message
    assert hostile.said in message
    assert len(message) < 400


@pytest.mark.parametrize("name", ["brackets", "a macro that calls itself", "loops"])
def test_what_stops_one_template_stops_it_where_it_is_included(name: str) -> None:
    inner = HOSTILE[name]
    using = packs("one\n\n{% include 'inner.html' %}")
    files = {"index.html": "one\n\n{% include 'inner.html' %}", "inner.html": inner.source}
    using[PACK] = pack(files)
    path, line, _ = stopped(using)
    assert (path, line) == ("template_packs/plain/inner.html", inner.line)


def test_what_the_shared_templates_spend_is_spent_by_the_pack() -> None:
    using = packs(
        "{% import 'base/parts.html' as parts %}\n\n{{ parts.many(99999) }}{{ parts.many(99999) }}"
    )
    parts = "{% macro many(n) %}{% for i in range(n) %}{{ loop.index }}{{ i * i }}{% endfor %}"
    using[BASE_PACK] = pack({"404.html": "", "parts.html": f"{parts}{{% endmacro %}}"}, BASE_PACK)
    path, line, _ = stopped(using)
    assert (path, line) == ("template_packs/plain/index.html", 3)


def test_many_templates_are_as_much_code_as_one() -> None:
    files = dict.fromkeys([f"t{number}.html" for number in range(50)], "{{ 1 }}" * 20)
    index = "\n".join(f"{{% include '{name}' %}}" for name in files)
    environment = pack_environment(pack({"index.html": index, **files}), pack({}))
    with metered(environment.meter, Allowance()):
        assert "1" in environment.get_template("index.html").render()
    with metered(environment.meter, Allowance(code=100_000)):  # Though they are compiled by now.
        page = environment.get_template("index.html")
        with pytest.raises(LimitReached, match="too much code"):
            page.render()


def test_templates_that_extend_one_another() -> None:
    files = {f"t{number}.html": f"{{% extends 't{number + 1}.html' %}}" for number in range(100)}
    using = packs() | {PACK: pack({"index.html": "{% extends 't0.html' %}", **files})}
    assert "extend" in stopped(using)[2]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("[" * 100_000, 1),
        ('{"a":\n1,}', 2),
        ('{"a": ' + "9" * 5_000 + "}", 1),
        ('{"a": "\\ud800"}', 1),
    ],
)
def test_settings_that_cannot_be_kept(data: str, line: int) -> None:
    path, found, _ = stopped(packs(**{"config.json": data}))
    assert (path, found) == ("template_packs/plain/config.json", line)


def test_what_jinja_itself_does_not_compile() -> None:
    path, line, message = stopped(packs("{% set x|default(brand.id) %}{% endset %}"))
    assert (path, line) == ("template_packs/plain/index.html", 1)
    assert "cannot be compiled" in message


def test_a_file_name_that_is_code_or_has_two_lines() -> None:
    name = 'x{__import__("os")}\n"""\n.html'
    using = packs() | {PACK: pack({"index.html": "{% include pack.name %}", name: "{{ oops }}"})}
    assert stopped(using)[0] == "template_packs/plain/index.html"
    importing = f"{{% from {name!r} import a %}}{{{{ a }}}}"
    using = packs() | {PACK: pack({"index.html": importing, name: "{{ oops }}"})}
    assert stopped(using)[0] == f"template_packs/plain/{name}"


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("\ufeffone", "one"),
        ("one\r\n{{ brand.id }}\r\n", "one\nTST-001\n"),
        ("{{ 'x' * 3 }}{{ [1] * 2 }}{{ 2 ** 9 }}{{ 7 % 4 }}{{ 'a' + 'b' }}{{ 5 - 2 }}", "xxx[1, 1]5123ab3"),
        ("{{ '%05.1f|%s' % (2.25, '<') }}{{ '{:>4}|{x}'.format('a', x=1) }}", "002.2|&lt;   a|1"),
        ("{{ range(3)|map('string')|join(',') }}{{ {'a': 1}.items()|list }}", "0,1,2[(&#39;a&#39;, 1)]"),
        ("{{ [3, 1, 2]|sort|join }}{{ 'b-a'.split('-')|reverse|join }}{{ 'x'.center(3) }}", "123ab x "),
        ("{{ (brand.keywords or ['none'])[0] }}{{ brand['name'][:3] }}", "noneSpa"),
        ("{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(9) }}", "9876543210"),
        ("{% for x in [1, [2, [3]]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}", "123"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}", "aba"),
        ("{% set j = joiner(',') %}{{ j() }}1{{ j() }}2", "1,2"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}x{% endcall %}", "12x"),
        ("{% macro m() %}{{ varargs|join }}{{ kwargs.k }}{% endmacro %}{{ m(1, 2, k=3) }}", "123"),
        ("{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "6"),
        ("{% block a %}{{ self.b() }}{% endblock %}{% block b %}x{% endblock %}", "xx"),
        ("{{ 'a' if 1 < 2 < 3 }}{{ 2 in [1, 2] }}{{ 'b' not in 'abc' }}", "aTrueFalse"),
        ("{{ [{'k': 1}, {'k': 1}]|groupby('k')|map(attribute='grouper')|join }}", "1"),
        ("{% for a, b in {'x': 1}.items() if b %}{{ loop.first }}{{ a ~ b }}{% endfor %}", "Truex1"),
    ],
)  # fmt: skip
def test_what_packs_do_is_done(template: str, page: str) -> None:
    assert shown(template) == page


def test_an_if_without_an_else_is_empty_wherever_it_stands() -> None:
    long = "{% for i in range(3) %}a{{ 'b' if i > 5 }}c{{ ['d' if i > 5, i]|join }}{% endfor %}"
    assert shown(long) == "ac0ac1ac2"
    assert shown("{{ 'x' ~ ('y' if false) ~ 'z' }}") == "xz"


@pytest.mark.parametrize(
    "template",
    [
        "{{ brand.tagline }}",
        "{% call brand.tagline.format() %}{% endcall %}",
        "{% set x|default(brand.tagline, true) %}{% if brand %}{% endif %}{% endset %}{{ x }}",
        "{% set x|join(brand.tagline) %}{% if brand %}ab{% endif %}{% endset %}{{ x }}",
        "{% filter join(brand.tagline) %}ab{% endfilter %}",
        "{% filter default(brand.tagline, true) %}{% endfilter %}",
        "{% set x %}a{% endset %}{{ x.replace('a', brand.tagline) }}{{ x|replace('a', brand.tagline) }}",
        "{% set x %}%s{% endset %}{{ x % brand.tagline }}{{ x|format(brand.tagline) }}",
        "{% set x %}{}{% endset %}{{ x.format(brand.tagline) }}{{ x ~ brand.tagline }}",
        "{% set x %},{% endset %}{{ [brand.tagline]|join(x) }}{{ x.join([brand.tagline, 1]) }}",
        "{% macro m(t) %}{{ t }}{% endmacro %}{{ m(brand.tagline) }}{{ m(t=brand.tagline) }}",
        "{{ [brand.tagline] }}{{ {brand.tagline: 1} }}{{ brand.tagline|upper }}{{ (brand.tagline,) }}",
    ],
)  # fmt: skip
def test_data_is_escaped_whatever_way_it_takes(template: str) -> None:
    seen = views(portfolio(brand(1, "Spade", tagline="<script>alert(1)</script>")))
    using = packs(template)
    jobs = {job.id: job for job in plan_sites(seen, using, "1").plan.jobs}
    result = render_job(jobs[JobId("site:spade")], seen.of(JobId("site:spade")), using)
    assert isinstance(result, Artifact), result
    made = dict(result.files)["sites/spade/index.html"].lower()  # type: ignore[index]
    assert b"<script" not in made
    assert b"script" in made


def test_no_pack_sees_another_ones_files() -> None:
    other = pack({"index.html": "secret"})
    own = pack({"index.html": "{% include 'base/404.html' %}", "404.html": "own"})
    base = pack({"404.html": "shared"}, BASE_PACK)
    assert pack_environment(other, base).get_template("index.html").render() == "secret"
    assert pack_environment(own, base).get_template("index.html").render() == "shared"


def test_nothing_is_remembered_from_one_site_to_the_next() -> None:
    counting = (
        "{% set n = namespace(n=0) %}{% macro up() %}{% set n.n = n.n + 1 %}{{ n.n }}{% endmacro %}"
    )
    index = (
        "{% import 'count.html' as c %}{{ c.up() }}{{ c.up() }}{% set range = 5 %}{{ brand.id }}"
    )
    using = packs() | {PACK: pack({"index.html": index, "count.html": counting})}
    made = []
    for slug in ("spade", "rake", "spade"):
        result = render(using, slug)
        assert isinstance(result, Artifact)
        made.append(dict(result.files)[f"sites/{slug}/index.html"])  # type: ignore[index]
    assert made == [b"12TST-001", b"12TST-002", b"12TST-001"]
    assert shown("{{ range(2)|list }}") == "[0, 1]"


def test_steps_are_the_same_the_first_time_and_later() -> None:
    """Compiled and imported templates are kept; what they cost does not depend on it."""
    base = pack(
        {"parts.html": "{% macro m(x) %}{{ x }}{% endmacro %}{% set y = [1] * 9 %}"}, BASE_PACK
    )
    own = pack({"index.html": "{% import 'base/parts.html' as p %}{% extends 'top.html' %}"
                "{% block a %}{{ p.m(1) }}{% endblock %}", "top.html": "{% block a %}{% endblock %}"})  # fmt: skip
    environment = pack_environment(own, base)
    spent = []
    for _ in range(3):
        with metered(environment.meter, Allowance()):
            environment.get_template("index.html").render()
            spent.append((environment.meter.steps, environment.meter.code))
    assert len({*spent}) == 1


def test_a_site_has_so_many_steps_in_all() -> None:
    """No file of it takes too many; all of them together do."""
    loops = "{% for i in range(1000) %}x{% endfor %}"
    environment = pack_environment(pack({"index.html": loops}), pack({}))
    with metered(environment.meter, Allowance(steps=14_000, steps_of_a_file=5_000)):
        page = environment.get_template("index.html")
        assert {page.render() for _ in range(4)} == {"x" * 1000}
        with pytest.raises(LimitReached, match="too much"):
            page.render()


@settings(max_examples=300)
@given(templates())
def test_any_template_is_rendered_or_stopped(source: str) -> None:
    """Whatever its text is: a page within its limits, or a finding at a line that there is."""
    result = render(packs(source))
    if isinstance(result, Failure):
        span = result.finding.place.span
        assert result.finding.place.path == "template_packs/plain/index.html"
        assert span
        assert 1 <= span.line <= len(source.splitlines()) + 1
    else:
        assert render(packs(source)) == result


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_rendered_or_stopped(source: str) -> None:
    assert isinstance(render(packs(source)), Artifact | Failure)


def test_pages_of_content_are_limited_alike() -> None:
    using = packs(**{"page.html": "{{ page.title }}\n{{ 'x' * 10**9 }}"})
    seen = views(portfolio(brand(1, "Spade"), pages=(page(),)))
    jobs = {job.id: job for job in plan_sites(seen, using, "1").plan.jobs}
    job_id = JobId("site:spade")
    result = render_job(jobs[job_id], seen.of(job_id), using)
    assert isinstance(result, Failure)
    assert result.finding.place.path == "template_packs/plain/page.html"
