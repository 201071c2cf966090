"use strict";
// Filters the brands that the page lists, as the visitor types. Without this script all are shown.
(() => {
  const finder = document.querySelector("[data-finder]");
  if (!finder) return;
  const all = (selector, at = document) => [...at.querySelectorAll(selector)];
  const input = finder.querySelector("input");
  const found = finder.querySelector("[role=status]");
  const nothing = document.querySelector("[data-nothing]");
  const fold = (text) =>
    text.replace(/[™®℠©]/g, " ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

  const groups = all("[data-group]");
  const brands = all("[data-brand]").map((node) => {
    const group = node.closest("[data-group]");
    return { node, group, text: fold(`${node.textContent} ${group ? group.dataset.group : ""}`) };
  });
  const more = all("[data-more]");
  const rest = all("[data-rest]");
  let announce;

  function filter() {
    const words = fold(input.value).split(" ").filter(Boolean);
    const searching = words.length > 0;
    const used = new Set();
    let count = 0;
    for (const { node, group, text } of brands) {
      const fits = words.every((word) => text.includes(word));
      node.hidden = !fits;
      if (fits) {
        count += 1;
        used.add(group);
      }
    }
    for (const group of groups) group.hidden = searching && !used.has(group);
    for (const node of [...more, ...rest]) node.hidden = searching;
    document.documentElement.classList.toggle("searching", searching);
    nothing.hidden = !searching || count > 0;
    nothing.querySelector("[data-query]").textContent = input.value.trim();
    clearTimeout(announce);
    announce = setTimeout(() => {
      const among = more.length ? `the ${brands.length} brands listed here` : `${brands.length} brands`;
      found.textContent = searching ? `${count || "None"} of ${among}` : "";
    }, 250);
  }

  function clear() {
    input.value = "";
    filter();
    input.focus();
  }

  input.addEventListener("input", () => {
    filter();
    if (finder.getBoundingClientRect().top > innerHeight / 3) finder.scrollIntoView();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter") return;
    const first = brands.find(({ node }) => !node.hidden);
    if (first && first.node.querySelector("a")) first.node.querySelector("a").focus();
  });
  nothing.querySelector("[data-clear]").addEventListener("click", clear);
  addEventListener("pageshow", filter);
  finder.hidden = false;
})();
