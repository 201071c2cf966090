// Prints what html-validate finds in all pages below a folder, as JSON: one line of text a fault.
const { readdirSync, readFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const config = JSON.parse(readFileSync(join(__dirname, "htmlvalidate.json"), "utf8"));

async function main(folder) {
  const validate = new HtmlValidate(new StaticConfigLoader(config));
  const pages = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html"));
  const faults = [];
  for (const page of pages.sort()) {
    const report = await validate.validateString(readFileSync(join(folder, page), "utf8"));
    for (const { messages } of report.results) {
      for (const { line, column, ruleId, message } of messages) {
        faults.push(`${page}:${line}:${column}: ${message} (${ruleId})`);
      }
    }
  }
  console.log(JSON.stringify({ pages: pages.length, faults }));
}

main(process.argv[2]);
