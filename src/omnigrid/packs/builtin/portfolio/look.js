"use strict";
// Shows what a launch would do: the page that a file becomes, its brand and why, or that none fits.
const Look = (() => {
  const { element } = Progress;

  const sureness = (confidence) =>
    confidence >= 80 ? "very likely" : confidence >= 50 ? "likely" : confidence >= 20 ? "possible" : "unlikely";
  const fact = (name, ...inside) => element("div", {}, element("dt", {}, name), element("dd", {}, ...inside));

  function partsOf(parts) {
    const stated = Object.entries(parts || {}).filter(([, value]) => value !== null);
    return stated.length > 1 ? element("p", { class: "small" }, stated.map(([name, value]) => `${name} ${Math.round(value)}`).join(" · ")) : "";
  }

  function whyOf({ confidence, terms, parts }) {
    if (confidence === null) return [element("p", {}, "The file itself names its brand.")];
    const bar = element("span", { class: "sure-bar" });
    bar.style.setProperty("--sure", `${confidence}%`);
    const because = terms.flatMap((term, at) => [at ? ", " : "", element("mark", {}, term)]);
    return [
      element("p", { class: "sure" }, element("span", {}, sureness(confidence)), element("b", {}, `${Math.round(confidence)} of 100`), bar),
      element("p", { class: "why" }, ...(terms.length ? ["because of ", ...because] : ["by its meaning alone"])),
      partsOf(parts),
    ];
  }

  function brandPanel(brand) {
    const name = brand.url ? element("a", { href: brand.url }, brand.name) : brand.name;
    const facts = [fact("Template", brand.template), fact("Priority", brand.priority), fact("Sector", brand.sector)];
    return [element("h3", {}, "Matched brand"), element("p", { class: "big" }, name), ...whyOf(brand), element("dl", { class: "facts" }, ...facts)];
  }

  function nobody(nearest) {
    const near = nearest ? ` The nearest is ${nearest.name}, ${Math.round(nearest.confidence)} of 100, which is not near enough.` : "";
    return [
      element("h3", {}, "No confident match"),
      element("p", {}, `No brand answers this well enough.${near}`),
      element("p", { class: "small" }, "Say in more words what is needed and for whom, or choose a sector. A page without a brand stands on no site, so nothing is launched."),
    ];
  }

  function pageOf({ file: from, kind, title, intent: need, path, notes }) {
    const lines = [
      element("h3", {}, title),
      element("p", { class: "small" }, `from ${from} (${kind})`),
      element("p", {}, need),
      element("p", { class: "small" }, "to be written as ", element("code", {}, path)),
    ];
    if (notes.length) lines.push(element("ul", { class: "notes" }, ...notes.map((each) => element("li", {}, each))));
    return element("div", { class: "draft" }, ...lines);
  }

  // Returns what shows the pages of a look, and those files that were not taken.
  function pagesOf({ pages, not_taken: others }) {
    const shown = pages.flatMap((page) => [pageOf(page), ...(page.brand ? brandPanel(page.brand) : nobody(page.nearest))]);
    return [...shown, ...others.map((each) => element("p", { class: "fault" }, `${each.file}: ${each.message}. ${each.hint}`))];
  }

  return { brandPanel, nobody, pagesOf, sureness };
})();
