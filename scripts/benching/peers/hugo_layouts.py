"""The templates of the Hugo project, made of the shared markup."""

from benching.peers.markup import plain_file, portfolio_page, site_page

SITE_FILES = {  # beside index.html: the output format, the file that it writes, its media type
    "lost": ("404.html", "text/html"),
    "siteicon": ("favicon.svg", "image/svg+xml"),
    "siterobots": ("robots.txt", "text/plain"),
    "sitelist": ("sitemap.xml", "application/xml"),
    "sitestyles": ("styles.css", "text/css"),
    "siteapp": ("app.js", "text/javascript"),
    "siteconfig": ("config.json", "application/json"),
    "sitehumans": ("humans.txt", "text/plain"),
    "siteapplication": ("manifest.webmanifest", "application/manifest+json"),
}
LITE = ("sitestyles", "siteapp", "siteconfig")

_FACTS = "id name plain_name initials tagline description owner accent template".split()
WORDS = {
    **{key: f"{{{{ $brand.Params.{key} }}}}" for key in _FACTS},
    "priority": "{{ strings.FirstUpper $brand.Params.priority }}",
    "tier": "{{ $brand.Params.license.tier }}",
    "expires": '{{ time.Format "2 January 2006" $brand.Params.license.expires }}',
    "portfolio": "{{ site.Title }}",
    "sector.name": "{{ $brand.CurrentSection.Params.name }}",
    "sector.slug": "{{ $brand.CurrentSection.Params.listed }}",
    "sector.text": "{{ $brand.CurrentSection.Params.description }}",
    "keywords": "{{ range $place, $keyword := $brand.Params.keywords }}",
    "keyword": "{{ strings.FirstUpper $keyword }}",
    "place": "{{ $place }}",
    "features": "{{ range index hugo.Data.packs $brand.Params.template }}",
    "feature": "{{ . }}",
    "classes": "{{ range $brand.Params.trademark.classes }}",
    "class": "{{ . }}",
    "offices": "{{ range $brand.Params.trademark.jurisdictions }}",
    "office": "{{ . }}",
    "related": (
        "{{ $shown := 0 }}{{ range first 5 $brand.CurrentSection.RegularPages }}"
        "{{ if and (ne .Params.id $brand.Params.id) (lt $shown 4) }}{{ $shown = add $shown 1 }}"
    ),
    "end related": "{{ end }}{{ end }}",
    "other.slug": "{{ .Params.site }}",
    "other.name": "{{ .Params.name }}",
    "other.tagline": "{{ .Params.tagline }}",
    "other.accent": "{{ .Params.accent }}",
    "other.template": "{{ .Params.template }}",
    "pages": "{{ with site.GetPage $brand.Params.answer }}",
    "page.file": "{{ .Params.file }}",
    "page.title": "{{ .Title }}",
    "page.summary": "{{ .Plain | truncate 150 }}",
    "title": "{{ $page.Title }}",
    "summary": "{{ $page.Plain | truncate 150 }}",
    "body": "{{ $page.Content }}",
    "sectors": '{{ range (site.GetPage "/sectors").Sections }}{{ $sector := . }}',
    "listed.id": "{{ $sector.Params.id }}",
    "listed.slug": "{{ $sector.Params.listed }}",
    "listed.name": "{{ $sector.Params.name }}",
    "listed.health": "{{ $sector.Params.health }}",
    "listed.count": "{{ len $sector.RegularPages }}",
    "end": "{{ end }}",
}
_OF_BRAND = "{{ $brand := . }}{{ $page := . }}"
_OF_PAGE = "{{ $page := . }}{{ $brand := site.GetPage .Params.brand }}"
_PAGES = (
    "{{ $pages := slice }}{{ with .Params.answer }}{{ with site.GetPage . }}"
    '{{ $pages = slice (dict "title" .Title "file" .Params.file) }}{{ end }}{{ end }}'
)
_COMMON = (
    '"id" .id "slug" .site "name" .name "tagline" .tagline "description" .description '
    '"keywords" .keywords "priority" .priority "owner" .owner "trademark" .trademark '
    '"license" .license "accent" .accent "domain" nil "contact" dict'
)
_CONFIG = (
    f'{_PAGES}{{{{ with .Params }}}}{{{{ dict "version" 1 "brand" (dict {_COMMON} '
    '"plain_name" .plain_name "initials" .initials "links" slice "template" .template) '
    '"sector" (dict "id" .sector "name" $brand.CurrentSection.Params.name) '
    '"template" (dict "id" .template "version" "1.0.0" "settings" dict) "pages" $pages '
    '| jsonify (dict "indent" "  ") }}{{ end }}\n'
)
_PUBLISH_API = (
    f'{_PAGES}{{{{ with .Params }}}}{{{{ $value := dict "version" 1 {_COMMON} "sector" .sector '
    '"template" (dict "id" .template "name" .template) "links" dict "logo" nil '
    '"url" (printf "sites/%s/index.html" .site) "pages" $pages }}'
    '{{ $file := printf "api/brands/%s.json" .id }}'
    "{{ (resources.FromString $file (jsonify $value)).Publish }}{{ end }}"
)


def site_layouts(*, lite: bool) -> dict[str, str]:
    """Return the templates of a site by their path below layouts/."""
    answers = "[[body]]" if lite else None
    publish = "" if lite else _PUBLISH_API
    tokens = plain_file("tokens.css", WORDS)
    files = {
        "site/page.html": _OF_BRAND + publish + site_page("index", WORDS, answers=answers),
        "site/page.sitestyles.css": _OF_BRAND + tokens + _pack_file("css"),
        "site/page.siteapp.js": _pack_file("js"),
        "site/page.siteconfig.json": _OF_BRAND + _CONFIG,
    }
    return files if lite else files | _full_layouts()


def _full_layouts() -> dict[str, str]:
    return {
        "answer/page.html": _OF_PAGE + site_page("page", WORDS),
        "site/page.lost.html": _OF_BRAND + site_page("lost", WORDS),
        "site/page.siteicon.svg": _OF_BRAND + plain_file("favicon.svg", WORDS),
        "site/page.siterobots.txt": plain_file("robots.txt", WORDS),
        "site/page.sitelist.xml": _OF_BRAND + plain_file("sitemap.xml", WORDS),
        "site/page.sitehumans.txt": _OF_BRAND + plain_file("humans.txt", WORDS),
        "site/page.siteapplication.webmanifest": (
            _OF_BRAND + plain_file("manifest.webmanifest", WORDS)
        ),
    }


def _pack_file(suffix: str) -> str:
    """Return the call of a file of the brand's pack, which Hugo renders once for each pack."""
    name = f'(printf "packs/%s.{suffix}" .Params.template)'
    return f"{{{{ partialCached {name} . .Params.template }}}}"


def portfolio_layouts() -> dict[str, str]:
    """Return the templates of the portfolio's own pages by their path below layouts/."""
    first = {"brands": "{{ range first 12 $sector.RegularPages }}"}
    here = {"brands": "{{ range .RegularPages }}", "listed.name": "{{ .Params.name }}"}
    return {
        "home.html": portfolio_page("home", WORDS | first),
        "section.html": portfolio_page("sector", WORDS | here),
        "_default/heatmap.html": portfolio_page("heatmap", WORDS),
    }
