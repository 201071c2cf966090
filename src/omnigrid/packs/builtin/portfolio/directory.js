"use strict";
// Searches and filters brands: those that the page lists and, where that is not all of them, those
// of the sectors' files of the API, fetched when somebody searches. What is looked for stands in the
// address, so that it can be shared, and the back button leads to the search before.
(() => {
  const SETTLED = 250;
  const KEYS = ["sector", "template", "priority", "status"];
  const finder = document.querySelector("[data-finder]");
  const bar = finder.firstElementChild;
  const all = (selector, at = document) => [...at.querySelectorAll(selector)];
  const input = finder.querySelector("input");
  const choices = all("select", finder);
  const found = finder.querySelector("[role=status]");
  const clearing = finder.querySelector("[data-clear]");
  const nothing = document.querySelector("[data-nothing]");
  const rest = all("[data-rest]");
  const root = new URL(".", document.currentScript.src);
  const fold = (text) =>
    text.replace(/[™®℠©]/g, " ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  const number = (value) => value.toLocaleString("en-US");
  const counted = (count) => `${number(count)} ${count === 1 ? "brand" : "brands"}`;
  const said = (node, key) => node.closest(`[data-${key}]`)?.dataset[key];

  const labels = new Map(choices.flatMap((each) => [...each.options]).map((option) => [option, option.textContent]));
  const templates = new Map(all("select[name=template] option", finder).map((each) => [each.textContent, each.value]));

  const groups = all("[data-group]").map((node) => {
    const more = node.querySelector("[data-more]");
    const count = node.querySelector("[data-count]");
    return {
      node,
      list: node.querySelector("ul"),
      count,
      total: count && count.textContent,
      more,
      link: more && more.querySelector("a"),
      said: more && more.textContent,
      href: more && more.querySelector("a").getAttribute("href"),
      hidden: more ? Number(more.dataset.more) : 0,
      missing: Boolean(more),
      name: node.dataset.group,
      sector: node.dataset.sector,
      status: node.dataset.status,
      rows: [],
    };
  });
  const alone = { rows: [], hidden: 0 };
  const byNode = new Map(groups.map((group) => [group.node, group]));

  for (const node of all("[data-brand]")) {
    const group = byNode.get(node.closest("[data-group]")) || alone;
    group.rows.push({
      node,
      listed: true,
      text: fold(`${node.textContent} ${group.name || ""}`),
      sector: group.sector,
      status: group.status,
      template: templates.get(said(node, "template")),
      priority: said(node, "priority"),
    });
  }
  for (const group of groups) group.shown = group.rows.length;
  const every = [alone, ...groups];
  const total = every.reduce((sum, { rows, hidden }) => sum + rows.length + hidden, 0);

  // The brands that the page does not list.

  let failed = false;
  const fetching = new Map();

  async function complete(group) {
    const answer = await fetch(new URL(`api/sectors/${group.sector}.json`, root));
    if (!answer.ok) throw new Error(answer.status);
    const { brands } = await answer.json();
    for (const { name, tagline, url, accent, template, priority } of brands.slice(group.shown)) {
      const text = fold(`${name} ${tagline} ${group.name}`);
      group.rows.push({ text, sector: group.sector, status: group.status, template, priority, facts: { name, tagline, url, accent } });
    }
    group.missing = false;
    group.hidden = 0;
  }

  // Returns whether a search needs what is not here yet, and has it fetched where somebody asks anew.
  function lacks(asked, anew) {
    const wanted = groups.filter(
      ({ missing, sector, status }) =>
        missing && (!asked.sector || asked.sector === sector) && (!asked.status || asked.status === status),
    );
    const unasked = anew ? wanted.filter((group) => !fetching.has(group)) : [];
    if (unasked.length) failed = false;
    for (const group of unasked) {
      const loaded = complete(group).catch(() => (failed = true));
      fetching.set(group, loaded.finally(() => fetching.delete(group)));
    }
    if (unasked.length) Promise.all(fetching.values()).then(() => filter(false));
    return wanted.length > 0;
  }

  function drawn({ name, tagline, url, accent }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const words = document.createElement("span");
    const small = document.createElement("small");
    const swatch = document.querySelector(".swatch").cloneNode(true);
    swatch.firstElementChild.setAttribute("fill", accent);
    small.textContent = tagline;
    words.append(name, small);
    link.href = /^https?:/.test(url) ? url : new URL(url, root);
    link.append(swatch, words);
    item.append(link);
    return item;
  }

  // What is looked for, in the fields and in the address.

  const asking = () => Object.fromEntries(choices.map(({ name, value }) => [name, value]));

  function address(base, without) {
    const words = new URLSearchParams(input.value.trim() ? { q: input.value.trim() } : {});
    for (const { name, value } of choices) if (value && name !== without) words.append(name, value);
    return words.size ? `${base}?${words}` : base;
  }

  function remember(how) {
    try {
      history[how](null, "", address(location.pathname, "") + location.hash);
    } catch {
      // A browser may forbid it: then the search is not in the address, and works all the same.
    }
  }

  function recall() {
    const words = new URLSearchParams(location.search);
    input.value = words.get("q") || "";
    for (const choice of choices) {
      choice.value = words.get(choice.name) || "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
  }

  // The search itself.

  let settling;

  function filter(anew = true) {
    const words = fold(input.value).split(" ").filter(Boolean);
    const asked = asking();
    const searching = words.length > 0 || Object.values(asked).some(Boolean);
    const waiting = searching && lacks(asked, anew) && !failed;
    const tally = Object.fromEntries(KEYS.map((key) => [key, new Map()]));
    const add = (key, value) => tally[key].set(value, (tally[key].get(value) || 0) + 1);
    let count = 0;
    let sectors = 0;
    for (const group of every) {
      const hits = group.rows.filter((row) => {
        if (!words.every((word) => row.text.includes(word))) return false;
        const misses = KEYS.filter((key) => asked[key] && asked[key] !== row[key]);
        if (misses.length === 1) add(misses[0], row[misses[0]]);
        if (misses.length) return false;
        for (const key of KEYS) add(key, row[key]);
        return true;
      });
      count += hits.length;
      sectors += hits.length > 0;
      if (group === alone) hideBut(new Set(hits), group.rows);
      else show(group, hits, searching);
    }
    for (const node of rest) node.hidden = searching;
    for (const [option, label] of labels) {
      const { name } = option.parentNode;
      const counts = searching && !waiting && !failed && option.value;
      option.textContent = counts ? `${label} (${number(tally[name].get(option.value) || 0)})` : label;
    }
    document.documentElement.classList.toggle("searching", searching);
    clearing.hidden = !searching;
    nothing.hidden = !searching || count > 0 || waiting;
    const quoted = input.value.trim();
    nothing.querySelector("[data-why]").textContent = quoted ? `No brand matches “${quoted}”.` : "No brand matches these filters.";
    tell(searching ? result(count, sectors, waiting) : "");
  }

  function result(count, sectors, waiting) {
    if (waiting) return `Searching all ${counted(total)} …`;
    const listed = every.reduce((sum, { rows }) => sum + rows.length, 0);
    const among = failed ? `the ${counted(listed)} listed here; the others could not be loaded` : counted(total);
    const spread = groups.length > 1 && sectors > 1 ? `, in ${number(sectors)} sectors` : "";
    return `${count ? number(count) : "None"} of ${among}${spread}`;
  }

  function hideBut(hits, rows) {
    for (const row of rows) row.node.hidden = !hits.has(row);
  }

  // Shows the first hits of a sector, and where the others are.
  function show(group, hits, searching) {
    const shown = new Set(group.more ? hits.slice(0, group.shown) : hits);
    for (const row of group.rows) {
      if (row.listed) row.node.hidden = searching && !shown.has(row);
      else if (searching && shown.has(row)) group.list.insertBefore((row.node ||= drawn(row.facts)), group.more);
      else if (row.node) row.node.remove();
    }
    group.node.hidden = searching && !hits.length;
    if (group.count) group.count.textContent = searching ? `${number(hits.length)} of ${group.total}` : group.total;
    if (!group.more) return;
    const others = hits.length - shown.size;
    group.more.hidden = searching && others <= 0;
    group.link.textContent = searching ? `and ${number(others)} more in ${group.name}` : group.said.trim();
    group.link.href = searching ? address(group.href, "sector") : group.href;
  }

  // Says it when typing has paused, and not twice.
  function tell(line) {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (found.textContent !== line) found.textContent = line;
    }, SETTLED);
  }

  // One stretch of typing is one step back.

  let typing = false;
  let writing;

  function step(how) {
    clearTimeout(writing);
    remember(how);
    filter();
  }

  function clear() {
    input.value = "";
    for (const choice of choices) choice.value = "";
    typing = false;
    step("pushState");
    input.focus();
  }

  input.addEventListener("input", () => {
    if (!typing) remember("pushState");
    typing = true;
    clearTimeout(writing);
    writing = setTimeout(() => remember("replaceState"), SETTLED);
    filter();
    if (bar.getBoundingClientRect().top > innerHeight / 3) bar.scrollIntoView();
  });
  input.addEventListener("change", () => {
    if (typing) step("replaceState");
    typing = false;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter") return;
    const first = all(".names li:not([data-more]) a, [data-brand] a").find((link) => link.offsetParent);
    if (first) first.focus();
  });
  for (const choice of choices) choice.addEventListener("change", () => step("pushState"));
  for (const button of all("[data-clear]")) button.addEventListener("click", clear);
  addEventListener("popstate", () => {
    typing = false;
    clearTimeout(writing);
    recall();
    filter();
  });
  addEventListener("pageshow", () => filter());

  if (location.search) recall();
  else if (input.value) {
    // Somebody typed before this script was here.
    typing = true;
    remember("pushState");
  }
  filter();
  if (location.search && document.documentElement.classList.contains("searching")) {
    const [visit] = performance.getEntriesByType("navigation");
    if (!visit || visit.type === "navigate") bar.scrollIntoView();
  }
})();
