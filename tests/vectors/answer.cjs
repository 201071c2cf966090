// Prints what match.js answers to intents: node answer.cjs BUILD INTENTS.jsonl
"use strict";
const { readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const [build, intents] = process.argv.slice(2).map((path) => resolve(path));
const api = (file) => readFileSync(join(build, "api", file));
const { matcher } = require(join(build, "match.js"));

const index = JSON.parse(api("match.json"));
const files = index.files.map((file) => JSON.parse(api(file)));
const words = api(index.words);
const { rank } = matcher(index, files, words.buffer.slice(words.byteOffset, words.byteOffset + words.length));
const lines = readFileSync(intents, "utf8").trim().split("\n");
console.log(JSON.stringify(lines.map((line) => ({ intent: JSON.parse(line), ...rank(JSON.parse(line)) }))));
