"use strict";
// Makes the file of a page in the browser, as `omnigrid drop` makes it of a text. Pure.
const PageFile = (() => {
  const FOLDER = "content/drops/";
  const TITLE = 80;
  const LONGEST = 80;

  const line = (text) => text.replace(/\s+/g, " ").trim();

  // A text in double quotes, as JSON and YAML both read it; without what neither file may hold.
  const quoted = (text) => JSON.stringify(line(text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, " ")));

  function slugOf(name) {
    const plain = name.replace(/\s*[™®℠©]/g, "").normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
    const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (slug.length <= LONGEST) return slug.length > 5 ? slug : `${slug || "page"}-text`;
    return slug.slice(0, LONGEST).replace(/-[^-]*$/, "");
  }

  // Splits a text into the lines of its front matter and the rest.
  function parted(text) {
    const whole = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    const found = /^---\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(whole);
    return found ? [found[1] || "", whole.slice(found[0].length)] : ["", whole];
  }

  const stated = (head, key) => {
    const found = new RegExp(`^${key}:[ \\t]*(\\S.*)$`, "m").exec(head);
    return found ? found[1].replace(/^(["'])(.*)\1$/, "$2") : "";
  };

  // Takes a key out of front matter, with the lines below it that belong to it.
  const without = (head, key) => head.replace(new RegExp(`^${key}:.*\\n(?:[ \\t]+.*\\n|[ \\t]*\\n)*`, "m"), "");

  const firstSentence = (text) => line(text.trim().split(/(?<=[.!?。！？])\s|\n/)[0] || "").slice(0, TITLE).replace(/[.。]$/, "");

  const capital = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

  function titleOf(head, body, intent, name) {
    const heading = /^#{1,6}[ \t]+(.+?)[ \t#]*$/m.exec(body);
    const words = name.replace(/\.[^.]*$/, "").replace(/[\s_.+-]+/g, " ").trim();
    return line(stated(head, "title") || (heading && heading[1]) || words || firstSentence(intent)) || "A page";
  }

  // What a text says first: the need, where nobody states one.
  function sayingOf(body, title) {
    const prose = body.split(/\n\s*\n/).find((part) => /^[^#|>`\-*!<\s]/.test(part) && part.trim().split(/\s+/).length > 3);
    return line(`${title}. ${prose || ""}`).slice(0, 400);
  }

  // Plain text as Markdown: signs stand for themselves, and lists stay lists.
  const escaped = (text) =>
    text.replace(/\r\n?/g, "\n").replace(/^[ \t]+/gm, "").replace(/(?!^\* )[\\`*_[\]<&]/gm, "\\$&").replace(/^([#>+=|~]|-{2,})/gm, "\\$1");

  // Returns the name and the text of a page: of a file {name, text}, of an intent, or of both.
  function of({ file, intent, sector, priority }) {
    const said = intent.trim();
    const markdown = file && /\.(md|markdown)$/i.test(file.name);
    const [head, body] = markdown ? parted(file.text) : ["", file ? escaped(file.text) : escaped(said)];
    const title = file ? titleOf(head, markdown ? body : "", said, file.name) : capital(firstSentence(said)) || "A page";
    const need = said || stated(head, "intent") || (stated(head, "brand") ? "" : sayingOf(body, title));
    let kept = head;
    const keys = [["title", title], ["intent", need], ["sector", sector], ["priority", priority]];
    const lines = keys.filter(([, value]) => value).map(([key, value]) => {
      const given = key === "title" ? stated(head, key) : key === "intent" && !said && stated(head, key);
      if (given) return "";
      kept = without(kept, key);
      return `${key}: ${quoted(value)}\n`;
    });
    const text = `---\n${lines.join("")}${kept}---\n\n${body.trim()}\n`;
    return { path: `${FOLDER}${slugOf(title)}.md`, text };
  }

  return { of, FOLDER };
})();

if (typeof module === "object") module.exports = PageFile;
