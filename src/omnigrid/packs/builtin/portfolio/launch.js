"use strict";
// The page that launches. Served by the preview it drops, builds and publishes; elsewhere it makes
// the file of the page. Without this script the page says the same in words and commands.
(() => {
  const root = document.querySelector("[data-launch]");
  if (!root) return;
  const { element, write } = Progress;
  const isLive = document.querySelector('script[src^="/__omnigrid/live.js"]') !== null;
  const LARGEST = 20 * 1024 ** 2;
  const TYPING = 250;
  const POLL = 250;

  root.append(document.querySelector("[data-form-template]").content.cloneNode(true));
  const the = (name, at = root) => at.querySelector(`[data-${name}]`);
  const [form, zone, input, held, intent, sector, priority, matched, fault, go, said, right] =
    ["form", "zone", "file", "held", "intent", "sector", "priority", "matched", "fault", "go", "said", "right"].map((name) => the(name));
  right.append(document.querySelector(`[data-${isLive ? "live" : "file"}-template]`).content.cloneNode(true));
  const names = new Map([...the("templates").children].map((each) => [each.dataset.id, each.textContent]));
  const dialog = document.querySelector("[data-confirm]");

  const size = (bytes) => (bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`);

  let file = null; // {name, size, id} in the preview, {name, size, text} elsewhere.
  let asked = 0;
  let typing;
  let announcing;
  let worker;

  const say = (text) => {
    clearTimeout(announcing);
    announcing = setTimeout(() => write(said, text), 400);
  };
  const panel = isLive ? Progress.panel(right, say) : Handover.panel(right, root.dataset, say);

  function fail(message, hint = "") {
    write(fault, [message, hint].filter(Boolean).join(". "));
    fault.hidden = !message;
    if (message) say(fault.textContent);
  }

  // What a request is answered; raises an error with the reason and what to do.
  async function ask(method, path, body, type = "application/json") {
    let answer;
    try {
      answer = await fetch(path, { method, body, headers: body === undefined ? {} : { "Content-Type": type } });
    } catch {
      throw Object.assign(new Error("The preview does not answer"), { hint: "Start it again, and try once more" });
    }
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(told.detail), { hint: told.hint });
    return told;
  }

  const order = (more = {}) => JSON.stringify({
    file: file ? file.id : "",
    intent: intent.value.trim(),
    ...(sector.value && { sector: sector.value }),
    ...(priority.value && { priority: priority.value }),
    ...more,
  });

  function show(parts, unsure = false) {
    matched.replaceChildren(...parts.filter((each) => each !== ""));
    matched.classList.toggle("unsure", unsure);
    matched.hidden = !parts.length;
  }

  function showLook(seen) {
    const [first] = seen.pages;
    show(Look.pagesOf(seen), !seen.pages.some((page) => page.brand));
    if (first) say(first.brand ? `${first.title}: goes to ${first.brand.name}.` : `${first.title}: no confident match.`);
  }

  // Matches in the browser, as the finder of the home page does.
  function match(text) {
    if (!worker) {
      worker = new Worker("../finder-worker.js");
      worker.onmessage = ({ data }) => data.number === asked && showMatch(data);
    }
    const stated = Object.entries({ sector: sector.value, priority: priority.value }).filter(([, value]) => value);
    worker.postMessage({ number: asked, intent: { text, ...Object.fromEntries(stated) } });
  }

  function showMatch({ matches, unmatched, failed }) {
    if (failed) return show([element("p", {}, "Matching could not be loaded here; the preview and the command match all the same.")]);
    const [best] = matches;
    if (!best || unmatched) return say("No confident match."), show(Look.nobody(best), true);
    const brand = { ...best, sector: best.sectorName, template: names.get(best.template) || best.template, url: new URL(best.url, new URL("..", location.href)).href };
    show(Look.brandPanel(brand));
    say(`${best.name}: ${Look.sureness(best.confidence)}, ${Math.round(best.confidence)} of 100.`);
  }

  async function look() {
    clearTimeout(typing);
    const number = (asked += 1);
    fail("");
    const text = intent.value.trim();
    if (!isLive) panel.show({ file, intent: text, sector: sector.value, priority: priority.value });
    if (file && isLive) {
      if (!file.id) return;
      try {
        const seen = await ask("POST", "/deploy/look", order());
        if (number === asked) showLook(seen);
      } catch (error) {
        if (number === asked) show([]), fail(error.message, error.hint);
      }
    } else if (text && location.protocol !== "file:") match(text);
    else show([]);
  }

  function waitAndLook() {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING);
  }

  async function take(chosen) {
    if (!chosen) return;
    fail("");
    if (chosen.size > LARGEST) return fail(`${chosen.name} has ${size(chosen.size)}`, "A file may have 20 MiB: drop a smaller part of it");
    const taken = (file = { name: chosen.name, size: chosen.size, id: "", text: null });
    write(the("held-size"), isLive ? "is read …" : size(chosen.size));
    held.hidden = false;
    zone.classList.add("full");
    try {
      if (isLive) taken.id = (await ask("POST", `/deploy/file?name=${encodeURIComponent(chosen.name.slice(-255))}`, chosen, "application/octet-stream")).id;
      else if (/\.(md|markdown|txt)$/i.test(chosen.name)) taken.text = await chosen.text();
      if (file !== taken) return;
      write(the("held-size"), size(chosen.size));
      look();
    } catch (error) {
      if (file !== taken) return;
      putAway();
      fail(`${chosen.name}: ${error.message}`, error.hint);
    }
  }

  function putAway() {
    file = null;
    input.value = "";
    held.hidden = true;
    zone.classList.remove("full");
    look();
  }

  // Returns the names of targets elsewhere that may be published to; null where nothing is wanted.
  function confirmed({ targets, is_dirty: isDirty }) {
    const far = targets.filter((each) => !each.is_local);
    if (!far.length) return [];
    the("confirm-list", dialog).replaceChildren(...far.map(({ name, kind, repository, branch }) =>
      element("li", {}, element("b", {}, name), ` (${kind}), branch ${branch} of `, element("code", {}, repository))));
    write(the("confirm-note", dialog), isDirty
      ? "The portfolio has other changes that are not committed. Those targets refuse them: commit first to publish there."
      : "The page is published there before it is committed; their commit says so.");
    the("only-here", dialog).hidden = far.length === targets.length;
    return new Promise((answer) => {
      dialog.onclose = () => answer(dialog.returnValue === "all" ? far.map(({ name }) => name) : dialog.returnValue ? [] : null);
      dialog.returnValue = "";
      dialog.showModal();
      dialog.querySelector("[data-only-here]:not([hidden]), [value='']").focus(); // What does least.
    });
  }

  async function launch(event) {
    event.preventDefault();
    if (!file && !intent.value.trim()) {
      intent.focus();
      return fail("There is neither a file nor a need", "Drop a file, or say what is needed");
    }
    if (!isLive) return look(), right.scrollIntoView({ block: "nearest" });
    go.disabled = true;
    fail("");
    try {
      const seen = await ask("POST", "/deploy/look", order());
      asked += 1;
      showLook(seen);
      const targets = seen.pages.some((page) => page.brand) ? await confirmed(seen) : [];
      if (targets === null) return back();
      panel.show(await ask("POST", "/deploy/launch", order({ confirmed: targets })));
      the("title", right).focus();
      follow();
    } catch (error) {
      fail(error.message, error.hint);
      back();
    }
  }

  // A button that was disabled lost the focus.
  function back() {
    free();
    go.focus();
  }

  function free() {
    go.disabled = false;
    write(go, "Launch");
  }

  async function follow() {
    go.disabled = true;
    write(go, "Launching …");
    try {
      const state = await ask("GET", `/deploy/launch?since=${panel.lines}`);
      panel.show(state);
      if (state.state !== "running") return free();
    } catch {
      say("The preview does not answer. Trying again.");
    }
    setTimeout(follow, POLL);
  }

  input.addEventListener("change", () => take(input.files[0]));
  the("put-away").addEventListener("click", () => {
    putAway();
    input.focus();
  });
  for (const name of ["dragenter", "dragover"]) {
    addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  addEventListener("dragleave", (event) => event.relatedTarget || zone.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    take(event.dataTransfer.files[0]);
  });
  intent.addEventListener("input", waitAndLook);
  for (const choice of [sector, priority]) choice.addEventListener("change", look);
  form.addEventListener("submit", launch);
  for (const button of dialog.querySelectorAll("[data-answer]")) button.addEventListener("click", () => dialog.close(button.value));

  if (isLive) {
    ask("GET", "/deploy/launch").then((state) => {
      if (state.number) panel.show(state);
      if (state.state === "running") follow();
    }).catch(() => {});
  } else {
    write(go, "Make the file");
  }
})();
