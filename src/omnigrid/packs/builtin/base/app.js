"use strict";
// Everything here is an extra: the site is complete without it.
const root = document.documentElement;

const scheme = {
  read() {
    try { return localStorage.getItem("scheme"); } catch { return null; }
  },
  keep(value) {
    try { localStorage.setItem("scheme", value); } catch { /* storage is not allowed here */ }
  },
  get dark() {
    const chosen = root.dataset.scheme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  },
};

const remembered = scheme.read();
if (remembered === "light" || remembered === "dark") root.dataset.scheme = remembered;

function offerScheme(button) {
  const label = () => {
    const text = scheme.dark ? "Use light colours" : "Use dark colours";
    button.setAttribute("aria-label", text);
    button.title = text;
  };
  button.addEventListener("click", () => {
    root.dataset.scheme = scheme.dark ? "light" : "dark";
    scheme.keep(root.dataset.scheme);
    label();
  });
  label();
  button.hidden = false;
}

function followSections(links) {
  const byId = new Map(links.map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = byId.get(target.id);
      if (isIntersecting) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-30% 0px -65%" });
  for (const id of byId.keys()) {
    const section = document.getElementById(id);
    if (section) seen.observe(section);
  }
}

addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".scheme");
  if (button) offerScheme(button);
  followSections([...document.querySelectorAll(".masthead nav a[href^='#']")]);
});
