"use strict";
// Answers a need as it is typed. Nothing is loaded before the first focus; a worker does the rest.
// Without this script the field is not shown.
(() => {
  const finder = document.querySelector("[data-need]");
  if (!finder) return;
  const find = (name) => finder.querySelector(`[data-${name}]`);
  const [text, box, verdict, list, said] = ["text", "results", "verdict", "answers", "said"].map(find);
  const choices = [...finder.querySelectorAll("select")];
  const WAIT = 120;
  const LONGEST = 2000;
  const OFFLINE = "Answers need a web server: run “python -m http.server -d build”, open port 8000.";
  let worker;
  let asked = 0;
  let typing;
  let announcing;
  let goToFirst = false;

  function start() {
    if (worker) return;
    try {
      worker = new Worker("finder-worker.js");
      worker.onmessage = ({ data }) => data.number === asked && (data.failed ? fail() : show(data));
      worker.onerror = fail;
      worker.postMessage({ number: asked });
    } catch {
      fail();
    }
  }

  function fail() {
    const offline = location.protocol === "file:";
    if (worker) worker.terminate();
    worker = undefined;
    goToFirst = false;
    list.replaceChildren();
    box.style.minBlockSize = "";
    box.hidden = false;
    box.classList.toggle("bare", true);
    tell(offline ? OFFLINE : "The finder could not be loaded. Type on to try again, or look below by sector.");
  }

  function ask() {
    clearTimeout(typing);
    const words = text.value.trim().slice(0, LONGEST);
    asked += 1;
    if (!words) return clear();
    start();
    if (!worker) return;
    const intent = { text: words };
    for (const { name, value } of choices) if (value) intent[name] = value;
    worker.postMessage({ number: asked, intent });
  }

  function waitAndAsk() {
    clearTimeout(typing);
    if (!text.value.trim()) return ask();
    if (box.hidden) {
      box.classList.toggle("bare", false);
      box.hidden = false; // At its full height from the start: nothing below moves when answers come.
      tell("Looking …", false);
    }
    typing = setTimeout(ask, WAIT);
  }

  function clear() {
    list.replaceChildren();
    tell("");
    box.hidden = true;
    box.style.minBlockSize = "";
  }

  function show({ matches, unmatched }) {
    const [best] = matches;
    box.classList.toggle("bare", false);
    list.classList.toggle("unsure", unmatched);
    list.replaceChildren(...matches.map((match) => answer(match, unmatched)));
    box.style.minBlockSize = `${box.offsetHeight}px`;
    if (!best) tell("This portfolio has no brands yet.");
    else if (unmatched) tell("No confident match. The nearest, which are not near enough:", `No confident match. The nearest is ${best.name}.`);
    else tell("Brands that answer it, best first:", `${best.name} answers it: ${sureness(best.confidence)}, ${Math.round(best.confidence)} of 100. Arrow keys lead through ${matches.length} brands.`);
    if (goToFirst && best) links()[0].focus();
    goToFirst = false;
  }

  // Shows a line at once, and has it read out when typing has paused.
  function tell(line, aloud = line) {
    verdict.textContent = line;
    clearTimeout(announcing);
    if (aloud !== false) announcing = setTimeout(() => (said.textContent = aloud), 600);
  }

  const sureness = (confidence) =>
    confidence >= 80 ? "very likely" : confidence >= 50 ? "likely" : confidence >= 20 ? "possible" : "unlikely";

  function element(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside);
    return made;
  }

  function answer({ name, url, sectorName, confidence, terms }, unmatched) {
    const link = element("a", "", name);
    link.href = url;
    const bar = element("span", "sure-bar");
    bar.style.setProperty("--sure", `${confidence}%`);
    const word = unmatched ? "not near enough" : sureness(confidence);
    const sure = element("p", "sure", element("span", "", word), element("b", "", `${Math.round(confidence)} of 100`), bar);
    const because = terms.flatMap((term, at) => [at ? ", " : "", element("mark", "", term)]);
    const why = element("p", "why", ...(terms.length ? ["because of ", ...because] : ["by its meaning alone"]));
    return element("li", "card", element("h3", "", link), element("p", "meta", sectorName), why, sure);
  }

  const links = () => [...list.querySelectorAll("a")];

  finder.addEventListener("focusin", start, { once: true });
  finder.addEventListener("keydown", start, { once: true });
  text.addEventListener("input", waitAndAsk);
  for (const choice of choices) choice.addEventListener("change", ask);

  finder.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const inText = document.activeElement === text;
    if (event.key === "Escape" && (inText || at >= 0)) {
      text.value = "";
      ask();
      text.focus();
    } else if (event.key === "Enter" && inText && !event.isComposing) {
      goToFirst = true;
      ask();
    } else if (event.key === "ArrowDown" && (inText || at >= 0) && all.length) {
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (all[at - 1] || text).focus();
    } else return;
    event.preventDefault();
  });

  finder.hidden = false;
})();
