// Listens for changes of this page: the preview adds this script to what it serves, never to a file.
"use strict";
(() => {
  const OURS = "/__omnigrid/";
  const SCROLL = "omnigrid:scroll";
  const RETRY = 1000;
  let mark = document.currentScript.dataset.mark;
  let source = null;
  let dialog = null;
  let dismissed = "";

  const place = () => location.pathname + location.search;

  function reload() {
    sessionStorage.setItem(SCROLL, JSON.stringify([place(), scrollX, scrollY]));
    location.reload();
  }

  // New words where the page is built as before: they are seen while the page loads anew.
  function reword(now, live) {
    if (now.nodeName !== live.nodeName || now.childNodes.length !== live.childNodes.length) return;
    if (now.nodeType === Node.TEXT_NODE && now.data !== live.data) live.data = now.data;
    now.childNodes.forEach((child, at) => reword(child, live.childNodes[at]));
  }

  async function renew() {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      reword(page.body, document.body);
    } catch {
      // The server is going: the page follows it below.
    }
    requestAnimationFrame(() => setTimeout(reload));
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(SCROLL) || "null");
    sessionStorage.removeItem(SCROLL);
    if (kept && kept[0] === place()) scrollTo({ left: kept[1], top: kept[2], behavior: "instant" });
  }

  // The old sheet goes when the new one is there, so that nothing flickers.
  function restyle({ styles, mark: now }) {
    mark = now;
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href);
      const digest = styles[decodeURIComponent(url.pathname).slice(1)];
      if (!digest) continue;
      url.searchParams.set("v", digest);
      const fresh = old.cloneNode();
      fresh.removeAttribute("integrity");
      fresh.href = url.href;
      fresh.addEventListener("load", () => old.remove(), { once: true });
      old.after(fresh);
    }
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function item(fault) {
    const line = element("li", "", { class: fault.severity });
    if (fault.path) {
      const words = `${fault.path}:${fault.line}:${fault.column}`;
      line.append(fault.editor
        ? element("a", words, { class: "place", href: fault.editor })
        : element("span", words, { class: "place" }));
    }
    const said = element("p");
    said.append(element("strong", fault.code ? `${fault.severity}[${fault.code}]` : fault.severity));
    said.append(` ${fault.message}`);
    line.append(said);
    if (fault.snippet) line.append(element("pre", `${fault.snippet}\n${fault.caret}`));
    if (fault.hint) line.append(element("p", `hint: ${fault.hint}`, { class: "hint" }));
    return line;
  }

  function close() {
    if (dialog) dialog.remove();
    dialog = null;
  }

  function show(notes) {
    close();
    const told = JSON.stringify(notes);
    if (!notes.count || document.body.classList.contains("faults") || told === dismissed) return;
    dialog = element("div", "", { id: "omnigrid-faults" });
    const root = dialog.attachShadow({ mode: "open" });
    const box = element("section", "", {
      role: "alertdialog", "aria-labelledby": "title", class: "overlay", tabindex: "-1",
    });
    const dismiss = element("button", "Close", { type: "button" });
    dismiss.addEventListener("click", () => { dismissed = told; close(); });
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") dismiss.click(); });
    const list = element("ol");
    list.append(...notes.faults.map(item));
    box.append(dismiss, element("h1", notes.heading, { id: "title" }), list);
    if (notes.count > notes.faults.length) {
      box.append(element("a", `All ${notes.count}`, { href: `${OURS}faults` }));
    }
    root.append(element("link", "", { rel: "stylesheet", href: `${OURS}live.css` }), box);
    document.body.append(dialog);
    box.focus();
  }

  function listen() {
    const asked = new URLSearchParams({ page: location.pathname, seen: mark });
    source = new EventSource(`${OURS}events?${asked}`);
    const on = (name, act) =>
      source.addEventListener(name, (event) => act(JSON.parse(event.data)));
    on("reload", renew);
    on("styles", restyle);
    on("notes", show);
    source.addEventListener("error", () => {
      stop();
      setTimeout(follow, RETRY);
    });
  }

  function stop() {
    if (source) source.close();
    source = null;
  }

  // A browser keeps six connections to a server: a page that nobody looks at keeps none.
  function follow() {
    if (document.hidden) stop();
    else if (!source) listen();
  }

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", follow);
  addEventListener("load", restore);
  follow();
})();
