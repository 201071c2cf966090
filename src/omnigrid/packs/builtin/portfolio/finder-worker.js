"use strict";
// Answers intents away from the page. Loads what it needs when it is first asked; after a failure
// the next question tries again. Of questions that wait for that, only the latest is answered.
importScripts("match.js");

const API = new URL("api/", location.href);
let loading;
let latest;

async function load() {
  const get = async (path) => {
    const answer = await fetch(new URL(path, API));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const json = async (path) => (await get(path)).json();
  const index = await json("match.json");
  const words = get(index.words).then((answer) => answer.arrayBuffer());
  const files = await Promise.all(index.files.map(json));
  return Match.matcher(index, files, await words);
}

onmessage = async ({ data: { number, intent } }) => {
  latest = number;
  try {
    loading ||= load();
    const matcher = await loading;
    if (intent && number === latest) postMessage({ number, ...matcher.rank(intent) });
  } catch (error) {
    loading = undefined;
    postMessage({ number, failed: String(error) });
  }
};
