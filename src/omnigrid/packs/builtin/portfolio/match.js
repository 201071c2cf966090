"use strict";
// Matches intents with brands as `omnigrid match` does, to the tenth of a point: the same words,
// sums and order. All numbers come from api/match.json. Runs in a Web Worker and in Node.
const Match = (() => {
  const VOWEL = "[aeiouy]";
  const OTHER = "[^aeiouy]";
  const UNCHANGED = new Set("sky news howe atlas cosmos bias andes".split(" "));
  const IRREGULAR = {
    skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
  };
  const STEP_2 = {
    tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate",
    ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous",
    iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogist: "og", ogi: "og", fulli: "ful", lessli: "less", li: "",
  };
  const STEP_3 = {
    tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "",
  };
  const STEP_4 = "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split(" ");
  const ending = (list) => new RegExp(`(?:${list.join("|")})$`); // The leftmost is the longest.
  const ENDS_2 = ending(Object.keys(STEP_2));
  const ENDS_3 = ending(Object.keys(STEP_3));
  const ENDS_4 = ending(STEP_4);
  const HAS_VOWEL = new RegExp(VOWEL);
  const AFTER_VOWEL = new RegExp(`${VOWEL}${OTHER}`);
  const HEADS = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/;
  const SHORT = new RegExp(`(?:${OTHER}${VOWEL}[^aeiouywxY]|^${VOWEL}${OTHER}|past)$`);

  // M. F. Porter's English stemmer, as https://snowballstem.org has it in version 3.1; for words
  // of letters and digits alone.
  function stemOf(word) {
    if (UNCHANGED.has(word) || word.length < 3) return word;
    if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
    word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const after = (from) => {
      const found = AFTER_VOWEL.exec(word.slice(from));
      return found ? from + found.index + 2 : Infinity;
    };
    const head = HEADS.exec(word);
    const first = head ? head[0].length : after(0);
    const second = first < word.length ? after(first) : Infinity;
    word = withoutEd(withoutPlural(word), first);
    if (/..[yY]$/.test(word) && !HAS_VOWEL.test(word.at(-2))) word = `${word.slice(0, -1)}i`;
    word = replaced(word, ENDS_2, first, (end, rest) =>
      (end === "ogi" && !rest.endsWith("l")) || (end === "li" && !/[cdeghkmnrt]$/.test(rest)) ? null : STEP_2[end]);
    word = replaced(word, ENDS_3, first, (end, rest) => (end === "ative" && rest.length < second ? null : STEP_3[end]));
    word = replaced(word, ENDS_4, second, (end, rest) => (end === "ion" && !/[st]$/.test(rest) ? null : ""));
    const rest = word.slice(0, -1);
    const last = word.at(-1);
    const silent = last === "e" && (rest.length >= second || (rest.length >= first && !SHORT.test(rest)));
    if (silent || (last === "l" && rest.length >= second && rest.endsWith("l"))) word = rest;
    return word.replaceAll("Y", "y");
  }

  function replaced(word, ends, region, change) {
    const found = ends.exec(word);
    if (!found || found.index < region) return word;
    const rest = word.slice(0, found.index);
    const end = change(found[0], rest);
    return end === null ? word : rest + end;
  }

  function withoutPlural(word) {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
    if (/(?:u|s)s$/.test(word) || !word.endsWith("s")) return word;
    return HAS_VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
  }

  function withoutEd(word, first) {
    const found = /(?:eedly|eed|ingly|edly|ing|ed)$/.exec(word);
    if (!found) return word;
    const rest = word.slice(0, found.index);
    if (found[0].startsWith("eed")) {
      return rest.length < first || /^(?:proc|exc|succ)$/.test(rest) ? word : `${rest}ee`;
    }
    if (found[0] === "ing") {
      if (/^[^aeiouy]y$/.test(rest)) return `${rest[0]}ie`;
      if (/^(?:inn|out|cann|herr|earr|even)$/.test(rest)) return word;
    }
    if (!HAS_VOWEL.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === first && SHORT.test(rest) ? `${rest}e` : rest;
  }

  // Words, their stems in one spelling, and pairs of neighbours.
  function reader({ small, spellings }) {
    const ignored = new Set(small);
    const spelled = spellings.map(([pattern, to]) => [new RegExp(pattern, "g"), to]);
    const stems = new Map();

    const all = (text) =>
      (text
        .replace(/[™®℠©]/g, "")
        .normalize("NFKD")
        .replace(/[^\0-\x7f]/g, "")
        .replace(/([a-z])(?=[A-Z][a-z])/g, "$1 ")
        .toLowerCase()
        .replaceAll("_", " ")
        .match(/[a-z0-9]+(?:'[a-z]+)?/g) || []).map((word) => word.split("'")[0]);

    function stem(word) {
      if (!stems.has(word)) {
        stems.set(word, stemOf(spelled.reduce((text, [pattern, to]) => text.replace(pattern, to), word)));
      }
      return stems.get(word);
    }

    // Returns the terms of a text, each with the words that it was made from.
    function terms(text, withSmall = false) {
      const words = all(text).filter((word) => withSmall || (word.length > 1 && !ignored.has(word)));
      const found = new Map(words.map((word) => [stem(word), word]));
      for (let at = 1; at < words.length; at += 1) {
        found.set(`${stem(words[at - 1])} ${stem(words[at])}`, `${words[at - 1]} ${words[at]}`);
      }
      return found;
    }

    return { all, stem, terms };
  }

  const LETTERS = "abcdefghijklmnopqrstuvwxyz";

  // The table of word vectors: a line of JSON, the stems, a scale for each, half a byte for each cell.
  function tableOf(buffer, correctable) {
    const bytes = new Uint8Array(buffer);
    const start = bytes.indexOf(10) + 1;
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
    const { dims } = head;
    const cellsAt = start + head.letters + 4 * head.stems;
    const stems = new TextDecoder().decode(bytes.subarray(start, start + head.letters)).split("\n");
    const numbers = new Map(stems.map((stem, number) => [stem, number]));
    const scales = new DataView(bytes.buffer, bytes.byteOffset + start + head.letters);
    const cells = bytes.subarray(cellsAt);

    // Adds a stem's vector to a sum.
    function add(sum, number, strength = 1) {
      const scale = scales.getFloat32(4 * number, true);
      const size = dims / 2;
      for (let at = 0; at < size; at += 1) {
        const byte = cells[number * size + at];
        sum[2 * at] += strength * Math.fround(scale * ((byte & 15) - 8));
        sum[2 * at + 1] += strength * Math.fround(scale * ((byte >> 4) - 8));
      }
      return sum;
    }

    // Returns the row of a stem, or of the most frequent one that is one slip of the pen away.
    const slips = new Map();
    function rowOf(stem) {
      const known = numbers.get(stem);
      if (known !== undefined || stem.length < correctable || !/^[a-z]+$/.test(stem)) return known;
      if (!slips.has(stem)) slips.set(stem, oneSlipAway(stem));
      return slips.get(stem);
    }

    function oneSlipAway(stem) {
      let best;
      const look = (other) => {
        const row = numbers.get(other);
        if (row !== undefined && (best === undefined || row < best)) best = row;
      };
      for (let at = 1; at <= stem.length; at += 1) {
        const [before, rest] = [stem.slice(0, at), stem.slice(at)];
        for (const letter of LETTERS) {
          look(before + letter + rest);
          if (rest) look(before + letter + rest.slice(1));
        }
        if (rest) look(before + rest.slice(1));
        if (rest.length > 1) look(before + rest[1] + rest[0] + rest.slice(2));
      }
      return best;
    }

    return { dims, numbers, add, rowOf, zeros: () => new Float64Array(dims) };
  }

  const lengthOf = (cells) => Math.sqrt(cells.reduce((sum, cell) => sum + cell * cell, 0));
  const rounded = (value, digits) => Number(value.toFixed(digits));
  const rarityOf = (having, count) => rounded(Math.log(1 + (count + 1) / (having + 0.5)), 4);
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  // The index: for each term the brands for which it speaks, for each brand its vector.
  function emptyIndex(count, dims) {
    const postings = new Map();
    const speak = (term, number, weight) => {
      if (!postings.has(term)) postings.set(term, { numbers: [], weights: [] });
      postings.get(term).numbers.push(number);
      postings.get(term).weights.push(Math.fround(weight));
    };
    const [vectors, scales] = [new Int8Array(count * dims), new Float64Array(count)];
    return { rarity: new Map(), unknown: rarityOf(0, count), postings, speak, vectors, scales };
  }

  function learntIndex(brands, { dims }) {
    const index = emptyIndex(brands.length, dims);
    brands.forEach(({ learnt }, number) => {
      for (const [term, [rarity, weight]] of Object.entries(learnt.terms)) {
        index.rarity.set(term, rarity);
        index.speak(term, number, weight);
      }
      index.vectors.set(Uint8Array.from(atob(learnt.vector), (cell) => cell.charCodeAt(0)), number * dims);
      index.scales[number] = learnt.scale;
    });
    return index;
  }

  function termIndex(brands, table, words) {
    const index = emptyIndex(brands.length, table.dims);
    const { rarity, scales } = index;
    const terms = brands.map((brand) => new Map(
      Object.entries(brand.terms).flatMap(([percent, own]) => own.map((term) => [term, percent / 100]))));
    const having = new Map();
    for (const own of terms) for (const term of own.keys()) having.set(term, (having.get(term) || 0) + 1);
    for (const [term, count] of having) rarity.set(term, rarityOf(count, brands.length));
    terms.forEach((own, number) => {
      const length = lengthOf([...own].map(([term, strength]) => rarity.get(term) * strength));
      const sum = table.zeros();
      for (const [term, strength] of own) {
        index.speak(term, number, (words * rarity.get(term) * strength) / length);
        const row = table.numbers.get(term);
        if (row !== undefined) table.add(sum, row, strength);
      }
      const unit = lengthOf(sum) || 1;
      const largest = sum.reduce((most, cell) => Math.max(most, Math.abs(cell) / unit), 0);
      if (!largest) return;
      scales[number] = Number((largest / 127).toPrecision(6));
      index.vectors.set(sum.map((cell) => Math.round(cell / unit / scales[number])), number * table.dims);
    });
    return index;
  }

  // Returns a matcher. `files` are the sectors' files, `words` the buffer of the word table.
  function matcher({ threshold, scoring }, files, words) {
    const brands = files
      .flatMap((file) => file.brands.map((brand) => ({ ...brand, sector: file.sector, sectorName: file.name })))
      .sort((one, other) => order(one.id, other.id));
    const read = reader(scoring);
    const table = tableOf(words, scoring.correctable);
    const index = scoring.taught ? learntIndex(brands, table) : termIndex(brands, table, scoring.words);
    const numbers = new Map(brands.map((brand, number) => [brand.id.toLowerCase(), number]));
    const names = new Map(brands.map((brand, number) => [read.all(brand.name).join(" "), number]));
    names.delete("");

    function sharesOf(text) {
      const shares = new Map();
      for (const term of read.terms(text, scoring.taught).keys()) {
        const known = index.rarity.get(term);
        if (known !== undefined || !term.includes(" ")) shares.set(term, known ?? index.unknown);
      }
      const length = lengthOf([...shares.values()]);
      for (const [term, weight] of shares) shares.set(term, weight / length);
      return shares;
    }

    // Returns a text's vector, and the length that its words have together.
    function vectorOf(text) {
      const rows = read.all(text).map((word) => table.rowOf(read.stem(word)));
      const sum = rows.reduce((all, row) => (row === undefined ? all : table.add(all, row)), table.zeros());
      const length = lengthOf(sum) || 1;
      return [sum.map((cell) => cell / length), length];
    }

    // Returns the product of a vector and a brand's.
    function product(vector, number) {
      const { length } = vector;
      const cells = index.vectors;
      let [even, odd] = [0, 0]; // Two sums, as neither has to wait for the other.
      for (let at = 0, cell = number * length; at < length; at += 2, cell += 2) {
        even += vector[at] * cells[cell];
        odd += vector[at + 1] * cells[cell + 1];
      }
      return (even + odd) * index.scales[number];
    }

    // Returns the best brands by their text, best first: pairs of number and score.
    function best(vector, shares, count) {
      const scores = new Float64Array(brands.length);
      for (let number = 0; number < scores.length; number += 1) scores[number] = product(vector, number);
      for (const [term, share] of shares) {
        const posting = index.postings.get(term);
        if (posting) posting.numbers.forEach((number, at) => (scores[number] += share * posting.weights[at]));
      }
      const found = [];
      scores.forEach((score, number) => {
        if (found.length === count && score <= found[count - 1][1]) return;
        let place = found.length;
        while (place && found[place - 1][1] < score) place -= 1;
        found.splice(place, 0, [number, score]);
        if (found.length > count) found.pop();
      });
      return found;
    }

    function sureness(score, words) {
      if (score <= 0) return 0;
      const { slope, word, offset } = scoring.calibration;
      const evidence = slope * score + Math.min(words, scoring.many_words) * word + offset;
      return rounded(100 / (1 + Math.exp(-Math.max(-60, Math.min(60, evidence)))), 1);
    }

    // Returns the brands that a text calls by id, or by name alone.
    function named(text) {
      const ids = text.split(/\s+/).map((word) => numbers.get(word.replace(/^[.,;:!?()"']+|[.,;:!?()"']+$/g, "").toLowerCase()));
      const found = [...ids, names.get(read.all(text).join(" "))].filter((number) => number !== undefined);
      return [...new Set(found)].sort((one, other) => one - other);
    }

    function partsOf(intent, number, text) {
      const brand = brands[number];
      const whole = (wanted, given) => (wanted ? 100 * (wanted === given) : null);
      const places = scoring.priorities;
      const apart = Math.abs(places.indexOf(intent.priority) - places.indexOf(brand.priority));
      return {
        text,
        sector: whole(intent.sector, brand.sector),
        template: whole(intent.template, brand.template),
        priority: intent.priority ? rounded(100 * (1 - apart / (places.length - 1)), 1) : null,
      };
    }

    function combined(parts) {
      const stated = Object.entries(scoring.weights).filter(([name]) => parts[name] !== null);
      const total = stated.reduce((sum, [, weight]) => sum + weight, 0);
      return rounded(stated.reduce((sum, [name, weight]) => sum + weight * parts[name], 0) / total, 1);
    }

    // Returns the words of a text that speak for a brand, strongest first.
    function reasons(text, length, shares, number) {
      const words = read.terms(text);
      const said = [];
      for (const term of words.keys()) {
        const row = term.includes(" ") ? undefined : table.rowOf(read.stem(words.get(term)));
        const posting = index.postings.get(term);
        const at = posting ? posting.numbers.indexOf(number) : -1;
        const meaning = row === undefined ? 0 : product(table.add(table.zeros(), row), number) / length;
        const weight = meaning + (at < 0 ? 0 : shares.get(term) * posting.weights[at]);
        if (weight > 0) said.push([term, weight]);
      }
      const least = scoring.least * said.reduce((sum, [, weight]) => sum + weight, 0);
      const ranked = said
        .filter(([, weight]) => weight >= least)
        .sort((one, other) => other[1] - one[1] || order(one[0], other[0]))
        .map(([term]) => term);
      const paired = new Set(ranked.filter((term) => term.includes(" ")).flatMap((term) => term.split(" ")));
      return ranked.filter((term) => !paired.has(term)).slice(0, scoring.shown).map((term) => words.get(term));
    }

    // Returns the best brands for an intent: {text, sector, template, priority}, all but the text optional.
    function rank(intent, top = scoring.top) {
      const shares = sharesOf(intent.text);
      const [vector, length] = vectorOf(intent.text);
      const texts = new Map(named(intent.text).map((number) => [number, 100]));
      const words = [...read.terms(intent.text).keys()].filter((term) => !term.includes(" ")).length;
      for (const [number, score] of best(vector, shares, Math.max(scoring.pool, top))) {
        if (!texts.has(number)) texts.set(number, sureness(score, words));
      }
      const most = Math.max(0, ...texts.values());
      const all = [...texts].map(([number, text]) => {
        const parts = partsOf(intent, number, text);
        return { number, parts, confidence: combined(parts) };
      });
      const near = all.filter(({ parts }) => parts.text >= scoring.left * most);
      near.sort((one, other) => other.confidence - one.confidence); // Equals stay in their order.
      const chosen = [...near, ...all.filter(({ parts }) => parts.text < scoring.left * most)].slice(0, top);
      const matches = chosen.map(({ number, parts, confidence }) => {
        const { id, name, sector, sectorName, template, priority, url } = brands[number];
        const terms = reasons(intent.text, length, shares, number);
        return { id, name, sector, sectorName, template, priority, url, confidence, parts, terms };
      });
      return { matches, unmatched: most < threshold || !matches.length };
    }

    return { rank, size: brands.length };
  }

  return { matcher, stemOf, reader };
})();

if (typeof module === "object") module.exports = Match;
