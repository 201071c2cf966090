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

  // The tables of word vectors, one after another: most often there is one.
  function tablesOf(buffer, correctable) {
    const tables = [];
    for (let at = 0; at < buffer.byteLength; at += tables.at(-1).size) {
      tables.push(tableOf(new Uint8Array(buffer, at), correctable));
    }
    return tables;
  }

  // A table: a line of JSON, the stems and pairs of stems, a scale for each, half a byte for each cell.
  function tableOf(bytes, correctable) {
    const start = bytes.indexOf(10) + 1;
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
    const { dims } = head;
    const cellsAt = start + head.letters + 4 * head.stems;
    const stems = new TextDecoder().decode(bytes.subarray(start, start + head.letters)).split("\n");
    const numbers = new Map(stems.map((stem, number) => [stem, number]));
    const view = new DataView(bytes.buffer, bytes.byteOffset + start + head.letters);
    const scales = Float64Array.from(stems, (_, number) => view.getFloat32(4 * number, true));
    const cells = new Int8Array(stems.length * dims);
    const size = cellsAt + cells.length / 2;
    for (let at = cellsAt, cell = 0; at < size; at += 1, cell += 2) {
      cells[cell] = (bytes[at] & 15) - 8;
      cells[cell + 1] = (bytes[at] >> 4) - 8;
    }

    // Adds a stem's vector to a sum. Nothing is rounded, so the order does not matter.
    function add(sum, row, strength = 1) {
      const factor = strength * scales[row];
      for (let at = 0, cell = row * dims; at < dims; at += 1, cell += 1) sum[at] += factor * cells[cell];
      return sum;
    }

    // Returns the rows of a text's stems, and of the pairs of neighbours that the table knows.
    const paired = stems.at(-1).includes(" ");
    function rowsOf(said) {
      const pairs = paired ? said.slice(1).map((stem, at) => numbers.get(`${said[at]} ${stem}`)) : [];
      return [...said.map(rowOf), ...pairs].filter((row) => row !== undefined);
    }

    const rowCells = (row) => cells.subarray(row * dims, (row + 1) * dims);

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

    return { dims, size, numbers, scales, add, rowCells, rowOf, rowsOf, zeros: () => new Float64Array(dims) };
  }

  const STEPS = 32000; // From 0 to 1, of a text's vector: see sums.py.
  const DIGITS = 10000; // Of a rarity, as an integer.
  const SECOND = 2 ** 27; // What the cells of the second brand of two are multiplied with.
  const lengthOf = (cells) => Math.sqrt(cells.reduce((sum, cell) => sum + cell * cell, 0));
  const rounded = (value, digits) => Number(value.toFixed(digits));
  const rarityOf = (having, count) => rounded(Math.log(1 + (count + 1) / (having + 0.5)), 4);
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  const dot = (one, other) => one.reduce((sum, cell, at) => sum + cell * other[at], 0);

  // Vectors of signed bytes. Two brands stand in one array of 64-bit floats: 53 bits hold both
  // their products with a text's vector, each below 2^26, so that one multiplication makes two.
  function vectorsOf(count, dims) {
    const pairs = new Float64Array(Math.ceil(count / 2) * dims);
    const scales = new Float64Array(count);
    const split = (value) => {
      const second = Math.round(value / SECOND);
      return [value - second * SECOND, second];
    };

    function set(number, cells, scale) {
      const factor = number % 2 ? SECOND : 1;
      const start = (number >> 1) * dims;
      for (let at = 0; at < dims; at += 1) pairs[start + at] += factor * cells[at];
      scales[number] = scale;
    }

    // Adds to each brand's score the product of its vector and one of whole steps.
    function addProducts(scores, steps) {
      for (let number = 0, cell = 0; number < count; number += 2) {
        let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]; // None has to wait for another.
        for (let at = 0; at < dims; at += 8, cell += 8) {
          a += steps[at] * pairs[cell];
          b += steps[at + 1] * pairs[cell + 1];
          c += steps[at + 2] * pairs[cell + 2];
          d += steps[at + 3] * pairs[cell + 3];
          e += steps[at + 4] * pairs[cell + 4];
          f += steps[at + 5] * pairs[cell + 5];
          g += steps[at + 6] * pairs[cell + 6];
          h += steps[at + 7] * pairs[cell + 7];
        }
        const [first, second] = split(a + b + c + d + e + f + g + h);
        scores[number] += (first * scales[number]) / STEPS;
        if (number + 1 < count) scores[number + 1] += (second * scales[number + 1]) / STEPS;
      }
    }

    const cellsOf = (number) =>
      pairs.subarray((number >> 1) * dims, ((number >> 1) + 1) * dims).map((value) => split(value)[number % 2]);

    return { scales, set, addProducts, cellsOf };
  }

  // What terms say for brands: for each term, by its number, the brands in order with a weight each.
  // `terms` and `weights` are those of brand after brand, `ends` is where each brand's end.
  function postingsOf(terms, weights, ends, having) {
    const starts = new Uint32Array(having.length + 1);
    having.forEach((count, term) => (starts[term + 1] = starts[term] + count));
    const next = starts.slice();
    const [brands, said] = [new Uint32Array(terms.length), new Float32Array(terms.length)];
    for (let number = 0, at = 0; number < ends.length; number += 1) {
      for (; at < ends[number]; at += 1) {
        const place = next[terms[at]]++;
        brands[place] = number;
        said[place] = weights[at];
      }
    }

    function addTo(scores, term, share) {
      for (let at = starts[term]; at < starts[term + 1]; at += 1) scores[brands[at]] += share * said[at];
    }

    function ofBrand(term, number) {
      let [low, high] = [starts[term], starts[term + 1]];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (brands[middle] < number) low = middle + 1;
        else high = middle;
      }
      return low < starts[term + 1] && brands[low] === number ? said[low] : 0;
    }

    return { addTo, ofBrand };
  }

  function learntIndex(brands, dims) {
    const [numbers, rarity, terms, weights, ends, having] = [new Map(), [], [], [], [], []];
    const vectors = vectorsOf(brands.length, dims);
    brands.forEach(({ learnt }, number) => {
      for (const [term, [rare, weight]] of Object.entries(learnt.terms)) {
        if (!numbers.has(term)) {
          numbers.set(term, numbers.size);
          rarity.push(rare);
          having.push(0);
        }
        having[numbers.get(term)] += 1;
        terms.push(numbers.get(term));
        weights.push(weight);
      }
      ends.push(terms.length);
      vectors.set(number, Int8Array.from(atob(learnt.vector), (cell) => cell.charCodeAt(0)), learnt.scale);
    });
    const find = (term) => numbers.get(term);
    return { find, rarity, unknown: rarityOf(0, brands.length), vectors, postings: postingsOf(terms, weights, ends, having) };
  }

  // The terms of brands, numbered: stems first, then pairs of them.
  function numberedTerms(brands, files) {
    const stems = new Map();
    const local = new Map(files.map((file) => [file.sector, Uint32Array.from(file.stems, (stem) => {
      if (!stems.has(stem)) stems.set(stem, stems.size);
      return stems.get(stem);
    })]));
    const count = stems.size;
    const size = brands.reduce((all, { texts }) =>
      Object.values(texts).flat().reduce((sum, text) => sum + 2 * text.length, all), 0);
    const pairs = new Map();
    const [terms, strengths] = [new Uint32Array(size), new Uint8Array(size)];
    const [having, seen] = [new Uint32Array(count + size), new Uint32Array(count + size)];
    let [start, end] = [0, 0];

    // A term that a brand has already, from a weaker place, gets the strength of the stronger one.
    const put = (term, strength) => {
      if (seen[term] > start) {
        strengths[seen[term] - 1] = strength;
        return;
      }
      terms[end] = term;
      strengths[end] = strength;
      having[term] += 1;
      end += 1;
      seen[term] = end;
    };
    const pairOf = (one, other) => {
      const key = one * count + other;
      let pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, (pair = count + pairs.size));
      return pair;
    };
    const ends = Uint32Array.from(brands, ({ sector, texts }) => {
      const known = local.get(sector);
      start = end;
      for (const [percent, own] of Object.entries(texts)) { // Weak to strong.
        for (const text of own) {
          for (let at = 0; at < text.length; at += 1) put(known[text[at]], +percent);
          for (let at = 1; at < text.length; at += 1) put(pairOf(known[text[at - 1]], known[text[at]]), +percent);
        }
      }
      return end;
    });
    const find = (term) => {
      const [one, other] = term.split(" ").map((stem) => stems.get(stem));
      return term.includes(" ") ? pairs.get(one * count + other) : one;
    };
    const all = count + pairs.size;
    return { stems, find, ends, terms: terms.subarray(0, end), strengths, having: having.subarray(0, all) };
  }

  function termIndex(brands, files, table, words) {
    const { stems, find, ends, terms, strengths, having } = numberedTerms(brands, files);
    const rarities = new Map();
    const rarity = Float64Array.from(having, (count) => {
      if (!rarities.has(count)) rarities.set(count, rarityOf(count, brands.length));
      return rarities.get(count);
    });
    const rows = Int32Array.from(stems.keys(), (stem) => table.numbers.get(stem) ?? -1);
    const weights = new Float64Array(terms.length);
    const vectors = vectorsOf(brands.length, table.dims);
    const sum = table.zeros();
    for (let number = 0, start = 0; number < brands.length; start = ends[number], number += 1) {
      let squares = 0;
      sum.fill(0);
      for (let at = start; at < ends[number]; at += 1) {
        const term = terms[at];
        weights[at] = strengths[at] * rarity[term];
        squares += weights[at] * weights[at];
        if (term < rows.length && rows[term] >= 0) table.add(sum, rows[term], strengths[at]);
      }
      const factor = words / Math.sqrt(squares);
      for (let at = start; at < ends[number]; at += 1) weights[at] *= factor;
      const unit = lengthOf(sum) || 1;
      const largest = sum.reduce((most, cell) => Math.max(most, Math.abs(cell / unit)), 0);
      const scale = Number((largest / 127).toPrecision(6));
      if (scale) vectors.set(number, sum.map((cell) => Math.round(cell / unit / scale)), scale);
    }
    return { find, rarity, unknown: rarityOf(0, brands.length), vectors, postings: postingsOf(terms, weights, ends, having) };
  }

  // Returns a matcher. `files` are the sectors' files, `words` the buffer of the word table.
  function matcher({ threshold, scoring }, files, words) {
    const brands = files
      .flatMap((file) => file.brands.map((brand) => ({ ...brand, sector: file.sector, sectorName: file.name })))
      .sort((one, other) => order(one.id, other.id));
    const read = reader(scoring);
    const tables = tablesOf(words, scoring.correctable);
    const all = tables.reduce((sum, { dims }) => sum + dims, 0);
    const index = scoring.taught ? learntIndex(brands, all) : termIndex(brands, files, tables[0], scoring.words);
    const numbers = new Map(brands.map((brand, number) => [brand.id.toLowerCase(), number]));
    const names = new Map(brands.map((brand, number) => [read.all(brand.name).join(" "), number]));
    names.delete("");

    // Returns each term that counts with its number, or none, and its share of the text.
    function sharesOf(terms) {
      const shares = new Map();
      for (const term of terms.keys()) {
        const number = index.find(term);
        const rarity = number === undefined ? index.unknown : index.rarity[number];
        if (number !== undefined || !term.includes(" ")) shares.set(term, { number, share: Math.round(rarity * DIGITS) });
      }
      const length = lengthOf([...shares.values()].map(({ share }) => share));
      for (const each of shares.values()) each.share /= length;
      return shares;
    }

    // Returns a text's vector in whole steps, and the lengths that its words have together.
    function vectorOf(text) {
      const stems = read.all(text).map(read.stem);
      const steps = new Float64Array(all);
      let end = 0;
      const lengths = tables.map((table, view) => {
        const sum = table.rowsOf(stems).reduce((sum, row) => table.add(sum, row), table.zeros());
        const length = lengthOf(sum) || 1;
        for (const cell of sum) steps[end++] = Math.floor(STEPS * (scoring.views[view] * (cell / length)) + 0.5);
        return length;
      });
      return [steps, lengths];
    }

    // Returns what a word adds to the product of a text's vector and a brand's.
    function meaningOf(stem, lengths, cells) {
      let [sum, start] = [0, 0];
      tables.forEach((table, view) => {
        const row = table.rowOf(stem);
        const product = row === undefined ? 0 : table.scales[row] * dot(table.rowCells(row), cells.subarray(start));
        sum += scoring.views[view] * (product / lengths[view]);
        start += table.dims;
      });
      return sum;
    }

    // Returns the best brands by their text, best first: pairs of number and score.
    function best(steps, shares, count) {
      const scores = new Float64Array(brands.length);
      for (const { number, share } of shares.values()) {
        if (number !== undefined) index.postings.addTo(scores, number, share);
      }
      index.vectors.addProducts(scores, steps);
      const found = [];
      let least = -Infinity;
      for (let number = 0; number < scores.length; number += 1) {
        const score = scores[number];
        if (found.length === count && score <= least) continue;
        let place = found.length;
        while (place && found[place - 1][1] < score) place -= 1;
        found.splice(place, 0, [number, score]);
        if (found.length > count) found.pop();
        least = found.at(-1)[1];
      }
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
    function reasons(words, lengths, shares, number) {
      const said = [];
      const cells = index.vectors.cellsOf(number);
      for (const term of words.keys()) {
        const meaning = term.includes(" ") ? 0 : meaningOf(read.stem(words.get(term)), lengths, cells);
        const counted = shares.get(term);
        const equal = counted?.number === undefined ? 0 : counted.share * index.postings.ofBrand(counted.number, number);
        const weight = index.vectors.scales[number] * meaning + equal;
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
      const words = read.terms(intent.text);
      const shares = sharesOf(scoring.taught ? read.terms(intent.text, true) : words);
      const [steps, lengths] = vectorOf(intent.text);
      const texts = new Map(named(intent.text).map((number) => [number, 100]));
      const said = [...words.keys()].filter((term) => !term.includes(" ")).length;
      for (const [number, score] of best(steps, shares, Math.max(scoring.pool, top))) {
        if (!texts.has(number)) texts.set(number, sureness(score, said));
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
        const terms = reasons(words, lengths, shares, number);
        return { id, name, sector, sectorName, template, priority, url, confidence, parts, terms };
      });
      return { matches, unmatched: most < threshold || !matches.length };
    }

    return { rank, size: brands.length };
  }

  return { matcher, stemOf, reader };
})();

if (typeof module === "object") module.exports = Match;
