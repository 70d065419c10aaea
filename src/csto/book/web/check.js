// The check sheet: claims drawn by the seed in the address, answers, time, and a file to send.
// Without this script the page holds the sheet of one seed, with boxes for a pen.
(() => {
  const given = document.getElementById("csto-check");
  const sheet = document.querySelector(".csto-check");
  if (!given || !sheet) return;
  const data = JSON.parse(given.textContent);
  const make = (tag, text, attributes = {}) => {
    const node = Object.assign(document.createElement(tag), attributes);
    if (text) node.append(text);
    return node;
  };
  const VERDICTS = { bears: "bears it out", partly: "partly", not: "not" };

  // As `csto.book.checksheet.drawn`.
  const drawn = (many, seed, of) => {
    const left = [...Array(of).keys()], found = [];
    let state = BigInt(seed) % 4294967296n;
    while (left.length && found.length < many) {
      state = (state * 1664525n + 1013904223n) % 4294967296n;
      found.push(left.splice(Number((state * BigInt(left.length)) / 4294967296n), 1)[0]);
    }
    return found;
  };
  const wanted = () => {
    const seed = new URLSearchParams(location.hash.slice(1)).get("seed");
    return /^\d{1,9}$/.test(seed || "") ? Number(seed) : data.seed;
  };

  const form = make("form", "", { className: "csto-filter" });
  const seed = make("input", "", { type: "number", min: 0, max: 999999999, name: "seed" });
  const label = make("label", "Seed of the draw");
  label.append(seed);
  const other = make("button", "Draw others", { type: "button" });
  form.append(label, other);
  form.addEventListener("submit", (event) => event.preventDefault());
  seed.addEventListener("change", () => {
    location.hash = `seed=${seed.value}`;
  });
  other.addEventListener("click", () => {
    location.hash = `seed=${1 + Math.floor(Math.random() * 99999)}`;
  });
  sheet.before(form);

  const done = make("section", "", { className: "csto-verdicts" });
  sheet.after(done);
  let answers, last;

  const passage = ([stance, key]) => {
    const one = data.passages[key], quote = make("blockquote");
    const words = make("p", one.b);
    words.append(make("strong", one.q, { className: "csto-words" }), one.a);
    const against = stance === "supports" ? "" : `${stance} it: `;
    const source = `${against}${one.k}, ${one.s}; ${one.w}`;
    quote.append(words, make("p", source, { className: "attribution" }));
    return quote;
  };
  const answered = (claim, verdict) => {
    const now = performance.now(), before = answers.get(claim.i);
    const took = Math.round((now - last) / 1000);
    answers.set(claim.i, { claim, verdict, seconds: before ? before.seconds : took });
    if (!before) last = now;
    finish();
  };
  const ask = (claim, number) => {
    const box = make("div", "", { className: "csto-claim" });
    const said = make("p", `${number}. ${claim.c} `), choice = make("fieldset");
    said.append(make("strong", claim.t), " ", make("a", "where it stands", { href: claim.u }));
    choice.append(make("legend", "Do the passages bear the sentence out?"));
    for (const [value, words] of Object.entries(VERDICTS)) {
      const one = make("label"), input = make("input", "", { type: "radio", name: claim.i, value });
      input.addEventListener("change", () => answered(claim, value));
      one.append(input, ` ${words}`);
      choice.append(one);
    }
    box.append(said, ...claim.p.map(passage), choice);
    return box;
  };

  const name = make("input", "", { type: "text", autocomplete: "off", maxLength: 60 });
  const note = make("output"), file = make("a", "Save the file");
  const text = make("textarea", "", { readOnly: true, rows: 8 });
  const record = ({ claim, verdict, seconds }, reader) =>
    [
      `  - claim: "${claim.i}"`,
      `    says: ${JSON.stringify(claim.t)}`,
      `    verdict: ${verdict}`,
      `    reader: ${JSON.stringify(reader)}`,
      `    checked_on: "${new Date().toISOString().slice(0, 10)}"`,
      `    edition: ${JSON.stringify(data.edition)}`,
      `    seconds: ${seconds}`,
    ].join("\n");
  const finish = () => {
    const all = [...answers.values()], reader = name.value.trim();
    const times = all.map((one) => one.seconds).sort((a, b) => a - b);
    const half = times.length ? times[Math.floor(times.length / 2)] : 0;
    note.textContent = `${all.length} of ${data.many} answered; ${half} seconds in the middle`;
    const ready = all.length && reader;
    file.hidden = sent.hidden = !ready;
    if (!ready) return;
    const content = `checks:\n${all.map((one) => record(one, reader)).join("\n")}\n`;
    file.href = `data:text/yaml;charset=utf-8,${encodeURIComponent(content)}`;
    file.download = `check-${reader.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${wanted()}.yml`;
    const lines = all.map((one) => `${VERDICTS[one.verdict]}: ${one.claim.t}`);
    text.value = `I checked ${all.length} claims (seed ${wanted()}).\n\n${lines.join("\n")}\n\n` +
      `The file for data/checks/:\n\n${content}`;
  };
  const who = make("label", "Your name or initials, as they are to stand in the report");
  who.append(name);
  name.addEventListener("input", () => finish());
  const sent = make("label", "To send");
  sent.append(text);
  done.append(note, who, file, sent);

  const begin = () => {
    seed.value = wanted();
    answers = new Map();
    last = performance.now();
    const numbers = drawn(data.many, wanted(), data.claims.length);
    sheet.replaceChildren(...numbers.map((at, number) => ask(data.claims[at], number + 1)));
    finish();
  };
  addEventListener("hashchange", begin);
  begin();
})();
