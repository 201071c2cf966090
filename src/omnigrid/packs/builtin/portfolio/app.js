"use strict";
// Shows the search where there is one, and loads what does it when somebody comes to it, or comes by
// an address that holds a search. Without this script all brands of the page are listed.
(() => {
  const finder = document.querySelector("[data-finder]");
  if (!finder) return;
  const directory = new URL("directory.js", document.currentScript.src);
  let loading;

  function load() {
    if (loading) return;
    loading = document.createElement("script");
    loading.src = directory;
    document.head.append(loading);
  }

  for (const event of ["focusin", "pointerover", "input"]) finder.addEventListener(event, load);
  finder.hidden = false;
  if (location.search) load();
})();
