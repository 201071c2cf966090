"use strict";
// Where nothing is published from the page: hands over the file of the page, to save or to propose.
const Handover = (() => {
  const { write } = Progress;
  const LONGEST = 2000; // Letters of an address that every browser and server lets through.

  // Returns what shows a page as a file within a panel; `forge` says where a new file is proposed.
  function panel(at, forge, say) {
    const the = (name) => at.querySelector(`[data-${name}]`);

    function show({ file, intent, sector, priority }) {
      const made = the("made");
      const box = the("command-box");
      const readable = file && file.text !== null;
      box.hidden = !file;
      if (file) write(the("command"), command({ file, sector, priority }));
      made.hidden = file ? !readable : !intent;
      if (made.hidden) return;
      const page = PageFile.of({ file: readable ? file : null, intent, sector, priority });
      write(the("made-name"), page.path);
      the("made-text").value = page.text;
      const link = the("download");
      URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(new Blob([page.text], { type: "text/markdown" }));
      link.download = page.path.split("/").pop();
      propose(page);
    }

    function command({ file, sector, priority }) {
      const plain = `'${file.name.replace(/'/g, "'\\''")}'`;
      const stated = [["sector", sector], ["priority", priority]].filter(([, value]) => value);
      return ["omnigrid drop", ...stated.map(([name, value]) => `--${name} ${value}`), /^[\w.-]+$/.test(file.name) ? file.name : plain].join(" ");
    }

    function propose({ path, text }) {
      if (!forge.forge) return;
      const link = the("propose");
      const url = (values) => `${forge.forge}?${Object.entries(values).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
      const name = { [forge.forgeName]: path.split("/").pop() };
      const whole = forge.forgeValue ? url({ ...name, [forge.forgeValue]: text }) : "";
      const fits = whole && whole.length <= LONGEST;
      link.href = fits ? whole : url(name);
      link.rel = "nofollow";
      link.hidden = false;
      write(the("propose-note"), fits ? "" : "It is too long for a link: copy it, and paste it there.");
      the("propose-note").hidden = fits;
    }

    async function copy() {
      try {
        await navigator.clipboard.writeText(the("made-text").value);
        say("Copied.");
      } catch {
        the("made-text").select();
        say("The text is selected: press Ctrl+C to copy it.");
      }
    }

    the("copy").addEventListener("click", copy);
    return { show };
  }

  return { panel };
})();
