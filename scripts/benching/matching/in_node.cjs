// Prints the seconds that match.js takes: node in_node.cjs MATCH.js GIVEN.json WORDS.bin
"use strict";
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

const [script, given, table] = process.argv.slice(2).map((path) => resolve(path));
const { matcher } = require(script);
const { index, files, texts } = JSON.parse(readFileSync(given, "utf8"));
const words = new Uint8Array(readFileSync(table)).buffer;
const timed = (work) => {
  const start = performance.now();
  return [work(), (performance.now() - start) / 1000];
};
const [{ rank }, made] = timed(() => matcher(index, files, words));
const answers = texts.map((text) => timed(() => rank({ text }))[1]);
console.log(JSON.stringify({ made, answers }));
