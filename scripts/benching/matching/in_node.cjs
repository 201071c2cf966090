// Prints the seconds that match.js takes: node in_node.cjs MATCH.js GIVEN.json WORDS.bin
"use strict";
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

const [script, given, table] = process.argv.slice(2).map((path) => resolve(path));
const { matcher } = require(script);
const { index, files, texts } = JSON.parse(readFileSync(given, "utf8"));
const words = new Uint8Array(readFileSync(table)).buffer;
const taken = [];
const timed = (work) => {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = work();
  const passed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  taken.push([passed / 1e3, (user + system) / 1e6]);
  return result;
};
const { rank } = timed(() => matcher(index, files, words));
for (const text of texts) timed(() => rank({ text }));
console.log(JSON.stringify(taken));
