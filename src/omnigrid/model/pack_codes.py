"""The codes of template packs, and of what portfolios make of them: title and text of each."""

PACK_CODES: dict[str, tuple[str, str]] = {
    "OG403": (
        "an override that replaces nothing",
        "Files below `template_packs/_overrides/<pack>/` stand in place of those of a pack of this "
        "portfolio. There is no pack of that name, or the file can have no other in its place: "
        "`pack.yaml` says what the pack is, and is changed in the pack itself.",
    ),
    "OG431": (
        "the lock of template packs cannot be used",
        "`template_packs/packs.lock` says which packs come from elsewhere, and the digest of each. "
        "It is written by `omnigrid packs add` and `omnigrid packs update`. It is not as they "
        "write it: take it from the last good commit.",
    ),
    "OG432": (
        "a template pack that is there twice",
        "A folder below `template_packs/` and a pack of the lock, or two packs of the lock, have "
        "the same id; capitals make no difference. Keep one of them.",
    ),
    "OG433": (
        "a locked template pack cannot be had",
        "The pack is not in the cache, and its source could not be read, or holds something that "
        "no pack may hold. The message says why. Its sites cannot be rendered; those of other "
        "packs are.",
    ),
    "OG434": (
        "the source of a locked pack has changed",
        "The tag, archive or folder holds something else than what was accepted. The locked copy "
        "is used, as always: nothing but `omnigrid packs update` changes a lock. "
        "`omnigrid packs update ID --dry-run` shows which files would change. "
        "`omnigrid build --locked` makes a stop of it.",
    ),
    "OG435": (
        "a locked pack was not compared with its source",
        "Once a day omnigrid looks whether the source of a pack still holds what was locked. It "
        "did not answer, or `--offline` was given. The locked copy was used, and it is intact.",
    ),
    "OG404": (
        "a design token that does not fit",
        "A `theme:` may give a value to each token that the template pack lists in `pack.yaml`. "
        "The name must be one of those, and the value of its type: a colour, a length, a number, "
        "or one of the words that the message names. CSS is not accepted: a value that could hold "
        "some would get into the style sheet of a site.",
    ),
    "OG405": (
        "a brand without what its pack shows",
        "The template pack says under `needs: required:` what its pages show of a brand. This "
        "brand has not got it, so that its site has a gap: add it to the brand's file, or choose "
        "another `template`. This is a warning.",
    ),
    "OG410": (
        "a template uses a name that there is not",
        "A variable, field, macro, filter, test or template that the message names does not exist. "
        "The page would fail to render. `docs/packs.md` lists what a template sees.",
    ),
    "OG411": (
        "a template uses what may be missing",
        "An editor may leave this key out, and then the page fails, or shows the word None. Test "
        "it first:\n\n    {% if brand.contact.email|default(none) %}…{% endif %}\n\n"
        "or give what to show instead: `{{ brand.domain or brand.name }}`.",
    ),
    "OG412": (
        "something that nobody uses",
        "The pack declares a design token or a need that none of its files uses, has a template "
        "that no page is made with, or a block that its parent does not have, which is never "
        "shown. Use it, or take it out.",
    ),
    "OG413": (
        "an inline script or style",
        "The pages' content security policy lets nothing run or style that stands inside of them: "
        "neither `<script>` with text, nor `<style>`, `style=`, `on…=` and `javascript:`. Move it "
        "to `app.js` or `styles.css`. Sizes of charts go into SVG attributes.",
    ),
    "OG414": (
        "something from elsewhere",
        "A page loads nothing from other addresses and sends nothing there: its content security "
        "policy forbids it, and it would tell others who visits. Bring the file along, or link to "
        "it with `<a href>`.",
    ),
    "OG415": (
        "a page that not everybody can use",
        "A picture has no text in its place (`alt`, or `aria-label` for an svg), the page has no "
        "language, title, `main` or `h1`, or a `tabindex` above 0 upsets the order of the "
        "keyboard. WCAG 2.2 asks for each of these.",
    ),
    "OG416": (
        "a file of a pack that cannot be understood",
        "A template with a mistake in its syntax, a `config.json` that is no JSON, or a file that "
        "is not UTF-8 text.",
    ),
    "OG417": (
        "a style that gets nothing",
        "A style sheet uses a custom property that nobody sets, so that the browser drops the "
        "line; or it sets one that is a design token, so that what a theme says is lost. "
        "`docs/packs.md` lists the properties that every site has.",
    ),
    "OG418": (
        "a colour that cannot be read",
        "The text of this colour has less contrast than 4.5 to 1 on one of the grounds on which "
        "it stands, in light or in dark, for some accent (WCAG 2.2, 1.4.3). Choose a darker or "
        'lighter one, or two of them: `"#7a1f1f #ffb3b3"` is light, then dark.',
    ),
    "OG419": (
        "a file that is too large",
        "A file of a pack has more than 200 KB: every visitor of every site would load it.",
    ),
}
