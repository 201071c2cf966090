"use strict";
// Shows how a launch goes, as the preview tells it: phases, log, time that is left, result.
const Progress = (() => {
  const ORANGE = 30;
  const WORDS = { waiting: "waiting", running: "running", done: "done", failed: "failed" };

  const write = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  function element(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
    made.append(...inside.filter((each) => each !== ""));
    return made;
  }

  const seconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  const clock = (at) => new Date(at * 1000).toTimeString().slice(0, 8);

  // Returns what shows the states of launches within a panel; `say` is heard by screen readers.
  function panel(at, say) {
    const the = (name) => at.querySelector(`[data-${name}]`);
    const [count, left, ring, title, log, result] = ["count", "left", "ring", "title", "log", "result"].map(the);
    let shown = { number: -1, lines: 0, phase: "" };
    let began = 0;
    let budget = 180;
    let running = false;
    let ended = false;

    function showLeft(passed) {
      const rest = budget - passed;
      write(left, rest < 0 ? `−${Math.ceil(-rest)}` : `${Math.ceil(rest)}`);
      write(count.querySelector("span"), rest < 0 ? "seconds over the budget" : ended ? "seconds to spare" : "seconds left");
      ring.setAttribute("stroke-dashoffset", Math.max(0, Math.min(budget, passed)));
      count.classList.toggle("short", rest < ORANGE);
    }

    setInterval(() => running && showLeft((performance.now() - began) / 1000), 200);

    function showPhase({ phase, state, done, total, seconds: took }) {
      const row = at.querySelector(`[data-phase=${phase}]`);
      row.dataset.state = state;
      const bar = row.querySelector("progress");
      bar.max = total || 1;
      bar.value = state === "done" ? bar.max : done;
      const of = total > 1 ? `${done} of ${total}` : WORDS[state];
      write(row.querySelector("[data-word]"), state === "running" ? of : state === "waiting" ? WORDS[state] : `${WORDS[state]} in ${seconds(took)}`);
    }

    function showLog(lines) {
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      log.append(...lines.map((each) => element("li", {}, element("time", {}, `[${clock(each.at)}]`), ` ${each.text}`)));
      if (atEnd) log.scrollTop = log.scrollHeight;
    }

    function show(state) {
      if (state.number !== shown.number) {
        shown = { number: state.number, lines: 0, phase: "" };
        log.replaceChildren();
        result.hidden = true;
      }
      budget = state.budget_seconds;
      running = state.state === "running";
      ended = !running && state.state !== "idle";
      began = performance.now() - state.seconds * 1000;
      showLeft(state.seconds);
      state.phases.forEach(showPhase);
      showLog(state.log);
      shown.lines = state.lines;
      const phase = state.phases.find((each) => each.state === "running");
      if (phase && phase.phase !== shown.phase) {
        shown.phase = phase.phase;
        say(`${phase.phase}, also called ${phase.also_called.toLowerCase()}`);
      }
      if (running) write(title, state.title ? `Launching “${state.title}”` : "Launching");
      else if (state.state !== "idle" && result.hidden) showResult(state);
    }

    function showResult(state) {
      const isDone = state.state === "done";
      const isPart = !isDone && state.targets.some(({ commit }) => commit);
      const head = isDone ? `Launched in ${seconds(state.seconds)}` : isPart ? "Launched in part" : "Not launched";
      write(title, state.title ? `“${state.title}”` : head);
      const inside = [...(isDone ? [] : failed(state)), ...(isDone || isPart ? done(state) : [])];
      const late = state.seconds > state.budget_seconds ? element("p", {}, `It took longer than the budget of ${state.budget_seconds} s.`) : "";
      result.replaceChildren(element("h3", {}, head), ...[late, ...inside, ...state.targets.map((each) => target(each, state.failure))].filter(Boolean));
      result.className = `result ${isDone ? "is-emerald" : isPart ? "is-amber" : "is-red"}`;
      result.hidden = false;
      say(isDone ? `${head}. The result has links.` : `${head}: ${state.failure.message}. ${state.failure.hint}`);
    }

    return { show, get lines() { return shown.lines; } };
  }

  function done({ pages }) {
    const links = pages.flatMap((page) => [
      page.is_hidden ? "" : element("a", { class: "button", href: page.url }, pages.length > 1 ? `Open “${page.title}”` : "Open the page"),
      element("a", { class: "button quiet", href: page.url.replace(/[^/]*$/, "") }, `The site of ${page.brand.name}`),
    ]);
    const paths = pages.map((page) => page.path).join(", ");
    const commit = `Next: commit ${paths}; what git does not know, the next publish from a commit takes off again.`;
    return [element("p", { class: "actions" }, ...links), element("p", { class: "small" }, commit)];
  }

  function failed({ failure }) {
    const faults = failure.faults.map((fault) => {
      const place = fault.path ? `${fault.path}:${fault.line}:${fault.column}` : "";
      const where = fault.editor ? element("a", { href: fault.editor }, place) : element("b", {}, place);
      return element("li", {}, where, ` ${fault.message}`, fault.hint ? element("small", {}, fault.hint) : "");
    });
    return [
      element("p", {}, failure.message),
      element("p", { class: "small" }, failure.hint),
      faults.length ? element("ul", { class: "faults" }, ...faults) : "",
    ];
  }

  function target({ name, kind, repository, branch, is_local, outcome, detail, hint, commit, commit_url, page_url }, failure) {
    const short = commit && (commit_url ? element("a", { href: commit_url }, commit.slice(0, 10)) : element("code", {}, commit.slice(0, 10)));
    const line = element("p", {}, element("b", {}, name), ` (${kind}): ${outcome}`, commit ? ", commit " : "", short, commit ? ` on ${branch}` : "");
    const lines = [line];
    if (page_url) lines.push(element("p", {}, element("a", { href: page_url }, page_url)));
    if (commit && is_local) lines.push(element("pre", { class: "command" }, element("code", {}, `git clone --branch ${branch} ${repository}`)));
    if (detail && !failure?.message.includes(detail)) lines.push(element("p", { class: "small" }, detail, hint ? `; ${hint}` : ""));
    return element("div", { class: "sent" }, ...lines);
  }

  return { panel, element, write };
})();
