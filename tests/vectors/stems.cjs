// Prints what match.js makes of words, one a line from stdin: node stems.cjs MATCH_JS
"use strict";
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");

const { stemOf } = require(resolve(process.argv[2]));
const words = readFileSync(0, "utf8").split("\n");
process.stdout.write(words.map(stemOf).join("\n"));
