"""What an open page is told: nothing, other style sheets, or to load itself again."""

from omnigrid.serve.marks import Mark, mark_of

PAGE = b"""<head><link rel="canonical" href="https://a.example/"><link rel="stylesheet"
 href="styles.css?v=00000001"><link rel="icon" href="../favicon.svg"><link rel="author"
 href="humans.txt"></head>
<body><img src="data:,x"><img src="card.png"><script src="app.js"></script>"""
FILES = {
    "sites/a/styles.css": b"p{}",
    "sites/favicon.svg": b"<svg/>",
    "sites/a/humans.txt": b"we",
    "sites/a/card.png": b"png",
    "sites/a/app.js": b"1",
}


def mark(page: bytes = PAGE, **changed: bytes) -> Mark:
    files = FILES | {f"sites/{name.replace('__', '/')}": data for name, data in changed.items()}
    files = {name.replace("_", "."): data for name, data in files.items()}
    return mark_of("sites/a/index.html", page, files.get)


def test_the_same_page_has_the_same_mark() -> None:
    assert mark() == mark()
    assert mark().styles.keys() == {"sites/a/styles.css"}


def test_another_style_sheet_is_no_other_page() -> None:
    version = PAGE.replace(b"00000001", b"00000002")
    now = mark(version, a__styles_css=b"p{color:red}")
    assert now.page == mark().page
    assert now.styles != mark().styles
    assert now.text != mark().text


def test_what_the_page_only_refers_to_is_none_of_it() -> None:
    assert mark(a__humans_txt=b"others") == mark()


def test_other_words_scripts_and_pictures_are_another_page() -> None:
    assert mark(PAGE + b"word").page != mark().page
    assert mark(a__app_js=b"2").page != mark().page
    assert mark(a__card_png=b"other").page != mark().page
    assert mark(favicon_svg=b"<svg></svg>").page != mark().page


def test_what_is_missing_has_a_mark() -> None:
    bare = mark_of("sites/a/index.html", PAGE, lambda _: None)
    assert bare.styles == {"sites/a/styles.css": ""}
    assert bare != mark()
