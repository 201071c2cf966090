"use strict";
// Keeps the figures of a served heatmap fresh. A page opened from a file stays as it was built.
(() => {
  if (!location.protocol.startsWith("http")) return;
  const main = document.querySelector("main");
  const the = (name, at = main) => at.querySelector(`[data-${name}]`);
  const { status: source } = main.dataset;
  const WORDS = { emerald: "Emerald", amber: "Amber", red: "Red", grey: "No data" };

  the("static").replaceWith(the("template").content.cloneNode(true));
  const [live, beat, ring, every, pause, checked, news] =
    ["live", "beat", "ring", "interval", "pause", "checked", "news"].map((name) => the(name));

  let pulse = Number(main.dataset.pulse);
  let measured = main.dataset.measured;
  let left = pulse;
  let paused = false;
  let busy = false;
  let stale = false;
  let good = new Date();

  const clock = (length) => good.toTimeString().slice(0, length);
  const number = (value) => value.toLocaleString("en");
  const write = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  function paint(node, health, status) {
    write(the("health", node), health === null ? "–" : `${health} %`);
    for (const name in WORDS) node.classList.toggle(`is-${name}`, name === status);
    node.querySelector("use").setAttribute("href", `#is-${status}`);
    write(node.querySelector(".mark span"), WORDS[status]);
  }

  function showSectors(sectors) {
    const changes = [];
    const rows = [...main.querySelectorAll("tr[data-sector]")];
    let known = 0;
    for (const { id, health, status, brand_count: size } of sectors) {
      const row = rows.find((node) => node.dataset.sector === id);
      if (!row) continue;
      known += 1;
      row.rank = health ?? 101;
      paint(row, health, status);
      write(the("brands", row), number(size));

      const tile = the(`sector="${id}"`);
      const text = tile.textContent;
      const before = the("health", tile).textContent;
      paint(tile, health, status);
      write(the("brands", tile), `${number(size)} ${size === 1 ? "brand" : "brands"}`);
      if (tile.textContent === text) continue;
      tile.classList.add("changed");
      write(the("was", tile), the("health", tile).textContent === before ? "" : `(was ${before})`);
      changes.push(tile.textContent.trim().replace(/\s+/g, " "));
    }
    const focused = document.activeElement;
    rows[0]?.parentNode.append(...rows.sort((a, b) => a.rank - b.rank));
    focused.focus({ preventScroll: true });
    if (known < rows.length || known < sectors.length) changes.unshift("other sectors, please reload the page");
    return changes;
  }

  function showFigures(figures, date) {
    const average = figures.average_health;
    paint(the("average"), average, figures.average_status);
    write(the("all-sectors"), number(figures.sectors));
    write(the("all-brands"), number(figures.brands));
    if (date) write(the("date"), new Date(date).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }));
    let x = 0;
    for (const name in WORDS) {
      the(`bar=${name}`).setAttribute("x", x);
      the(`bar=${name}`).setAttribute("width", figures[name]);
      x += figures[name];
      write(the(`tally=${name}`), number(figures[name]));
    }
    the("bars").setAttribute("viewBox", `0 0 ${x || 1} 1`);
  }

  // Brands are not asked for again: the page says when there is more to see of them.
  function showMeasured(at) {
    if (!at || at === measured) return [];
    measured = at;
    write(the("when"), new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }) + " UTC");
    the("reload").hidden = false;
    showAge();
    return ["a new measurement, please reload the page to see its brands"];
  }

  function showAge() {
    const days = measured ? Math.floor((Date.now() - Date.parse(measured)) / 86400000) : 0;
    the("old").hidden = days < 2;
    the("measure").classList.toggle("stale", days >= 2);
    write(the("old"), `Stale: measured ${days} days ago`);
  }

  function show({ version, figures, sectors, data_as_of: date, measured_at: at }) {
    if (version !== 1 || !sectors.every(({ status }) => status in WORDS)) throw new TypeError(source);
    showFigures(figures, date);
    return [...showSectors(sectors), ...showMeasured(at ?? "")];
  }

  async function refresh(asked) {
    if (busy) return;
    busy = true;
    if (asked) write(beat, "Asking…");
    try {
      const answer = await fetch(source, { cache: "no-cache", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(answer.status);
      const changes = show(await answer.json());
      good = new Date();
      write(checked, `Checked at ${clock(8)}`);
      const more = changes.splice(3).length;
      if (changes.length) write(news, `Changed: ${changes.join("; ")}${more ? `; and ${more} more` : ""}.`);
      else if (stale || asked) write(news, `Up to date at ${clock(8)}.`);
      stale = false;
    } catch {
      stale = true;
      write(checked, `Stale since ${clock(5)}`);
      write(news, `Stale since ${clock(5)}: no answer. These are the last known figures.`);
    }
    live.classList.toggle("stale", stale);
    busy = false;
    count(pulse);
  }

  function count(seconds) {
    left = seconds;
    write(beat, paused ? "Paused" : `Next in ${left} s`);
    ring.setAttribute("stroke-dashoffset", pulse - left);
  }

  setInterval(() => {
    if (paused || busy || document.hidden) return;
    count(left - 1);
    if (left <= 0) refresh();
  }, 1000);
  pause.addEventListener("click", () => {
    paused = !paused;
    write(pause, paused ? "Resume" : "Pause");
    count(pulse);
  });
  every.addEventListener("change", () => {
    pulse = Number(every.value);
    ring.setAttribute("pathLength", pulse);
    ring.setAttribute("stroke-dasharray", pulse);
    count(pulse);
  });
  the("refresh").addEventListener("click", () => refresh(true));
  document.addEventListener("visibilitychange", () => document.hidden || paused || refresh());
  showAge();
  refresh();
})();
