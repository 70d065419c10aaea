// The check sheet: the sentences of the set in the address, answers that this browser keeps, the
// time they took, and a file and a text to send.
// Without this script the page holds one set, with boxes for a pen; printed, the set that is shown.
(() => {
  const told = document.getElementById("csto-check");
  const sheet = document.querySelector(".csto-check");
  if (!told || !sheet) return;
  const data = JSON.parse(told.textContent);
  const make = (tag, attributes = {}, ...content) => {
    const node = Object.assign(document.createElement(tag), attributes);
    node.append(...content);
    return node;
  };
  const many = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
  const trimmed = (words) => words.replace(/\s+/g, " ").trim();

  // ---- what is kept, by edition and set: in this browser, or for as long as the page is open ----

  const open = new Map();
  const kept = (name) => {
    try { return localStorage.getItem(name) ?? open.get(name); } catch { return open.get(name); }
  };
  const keep = (name, value) => {
    open.set(name, value);
    try { localStorage.setItem(name, value); } catch { /* a private window keeps nothing */ }
  };
  const NAME = "csto-check-name", ANSWERS = `csto-check-${data.edition}`;
  const sets = () => JSON.parse(kept(ANSWERS) ?? "{}");

  // ---- which sentences: as `csto.book.checksheet.drawn` ----

  const drawn = (many, seed, of) => {
    const found = [], begins = (at) => Math.floor((of * at) / many);
    let state = (BigInt(seed) * 2654435761n) % 4294967296n;
    for (let at = 0; at < many; at++) {
      const start = begins(at), wide = begins(at + 1) - start;
      state = (state * 1664525n + 1013904223n) % 4294967296n;
      if (wide) found.push(start + Number((state * BigInt(wide)) / 4294967296n));
    }
    return found;
  };
  const isSet = (said) => /^\d{1,9}$/.test(said) && Number(said) >= 1 && Number(said) <= data.most;
  let set, claims, answers;

  // ---- the clock: it runs from the last answer on, while the page is in sight ----

  let ran = 0, since = null;
  const elapsed = () => ran + (since === null ? 0 : performance.now() - since);
  const run = (from) => {
    ran = from;
    since = document.hidden ? null : performance.now();
  };
  document.addEventListener("visibilitychange", () => run(elapsed()));

  // ---- choosing a set ----

  const number = make("input", { type: "number", min: 1, max: data.most, step: 1 });
  const refused = make("output"), others = make("p", { className: "csto-screen" });
  const another = make("button", { type: "button" }, "Another set");
  const form = make(
    "form", { className: "csto-filter csto-sets", noValidate: true },
    make("label", {}, "Set no.", number), make("button", {}, "Show this set"), another, refused,
    make("small", {}, "Each answer’s time is taken, from the one before it. Nothing is sent."),
  );
  const ask = (said) => {
    if (!isSet(said)) refuse(said);
    else if (Number(said) !== set) location.hash = `seed=${Number(said)}`;
    else refused.textContent = "";
  };
  const refuse = (said) => {
    const what = said ? `There is no set “${said.slice(0, 12)}”` : "That is no number";
    refused.textContent = `${what}: sets have numbers from 1 to ${data.most}.`;
    number.value = set;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(number.value);
  });
  another.addEventListener("click", () => ask(`${1 + Math.floor(Math.random() * data.most)}`));

  const tellOthers = () => {
    const links = Object.keys(sets()).filter((one) => Number(one) !== set)
      .flatMap((one) => [" ", make("a", { href: `#seed=${one}` }, `no. ${one}`)]);
    others.replaceChildren("Your answers to other sets are kept:", ...links);
    others.hidden = !links.length;
  };

  // ---- a sentence, its passages, and what to answer ----

  const blank = (text = "") => make("span", { className: "csto-blank" }, text);
  const head = () => make(
    "div", { className: "csto-set csto-paper" },
    make("p", {}, `Set no. ${set} of the edition `, make("code", {}, data.edition)),
    make("p", {}, "Name ", blank(trimmed(name.value)), " Date ", blank()),
  );
  const passage = (key) => {
    const { b, q, a, s } = data.passages[key];
    const words = make("p", {}, b, make("strong", { className: "csto-words" }, q), a);
    return make("blockquote", {}, words, make("p", { className: "attribution" }, s));
  };
  const option = (claim, value) => {
    const checked = answers[claim.i]?.verdict === value;
    const input = make("input", { type: "radio", name: claim.i, value, checked });
    return make("label", {}, input, ` ${data.verdicts[value]}`);
  };
  const question = (claim) => {
    const took = make("span", { className: "csto-took csto-screen" });
    const because = make("textarea", {
      autocomplete: "off", maxLength: 300, rows: 2, value: answers[claim.i]?.because ?? "",
    });
    const asks = make("span", { className: "csto-screen" });
    const tell = () => {
      const one = answers[claim.i];
      took.textContent = one?.verdict ? `${one.seconds} s` : "";
      asks.textContent = (one?.verdict ?? "bears") === "bears" ? " (if you like)" : " of what?";
    };
    const box = make(
      "fieldset", {},
      make("legend", {}, claim.p.length > 1
        ? "Do the passages bear the sentence out?" : "Does the passage bear the sentence out?"),
      make("div", { className: "csto-choice" },
        ...Object.keys(data.verdicts).map((value) => option(claim, value)), took),
      make("label", {}, make("span", { className: "csto-paper" }, `no. ${claim.i}, `),
        make("span", {}, "because", asks),
        because),
    );
    box.addEventListener("input", ({ target }) => {
      const now = { ...answers[claim.i], because: because.value };
      if (target !== because) now.verdict = target.value;
      if (now.verdict) {
        now.seconds ??= Math.round(elapsed() / 1000);
        now.day = new Date().toISOString().slice(0, 10);
        run(0); // a reason that is written belongs to its answer
      }
      answers[claim.i] = now;
      keep(ANSWERS, JSON.stringify({ ...sets(), [set]: answers }));
      tell();
      finish();
    });
    tell();
    return box;
  };
  const shown = (claim, at) => make(
    "div", { className: "csto-claim" },
    make("p", { className: "csto-where csto-screen" }, `${at + 1} of ${claims.length}`,
      make("a", { href: claim.u, target: "_blank", rel: "noopener" },
        "where it stands (a new tab)")),
    make("p", {}, make("span", { className: "csto-paper" }, `${at + 1}. `),
      claim.c && `${claim.c} `, make("strong", {}, claim.t)),
    ...claim.p.map(passage), question(claim),
  );

  // ---- what was answered, and what to send ----

  const name = make("input", { type: "text", autocomplete: "off", maxLength: 60 });
  name.value = kept(NAME) ?? "";
  const count = make("output", { className: "csto-count" });
  const lacks = make("p", { id: "csto-lacks" });
  const saves = make("button", { type: "button" }, "Save the file");
  const copies = make("button", { type: "button" }, "Copy the text");
  for (const one of [saves, copies]) one.setAttribute("aria-describedby", lacks.id);
  const text = make("textarea", { readOnly: true, rows: 8 });
  const sent = make("label", {}, "The text", text);
  const whom = make("p", {}, "Hand both to the person who sent you here");
  if (data.issues) whom.append(", or open an ", make("a", { href: data.issues }, "issue"));
  whom.append(".");
  const done = make(
    "section", { className: "csto-verdicts csto-screen" },
    make("label", {}, "Your name or initials, as they are to stand in the report", name), lacks,
    make("div", { className: "csto-do" }, saves, copies), sent, whom,
  );

  const answered = () => claims.filter((one) => answers[one.i]?.verdict);
  const file = () => {
    const who = trimmed(name.value).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
    return `check-${who.replace(/^-|-$/g, "") || "reader"}-${set}.yml`;
  };
  const record = (claim) => {
    const { verdict, because, seconds, day } = answers[claim.i];
    return [
      `  - claim: "${claim.i}"`,
      `    says: ${JSON.stringify(claim.t)}`,
      `    verdict: ${verdict}`,
      `    reader: ${JSON.stringify(trimmed(name.value))}`,
      `    checked_on: "${day}"`,
      `    edition: ${JSON.stringify(data.edition)}`,
      `    seconds: ${seconds}`,
      ...(trimmed(because) ? [`    note: ${JSON.stringify(trimmed(because))}`] : []),
    ].join("\n");
  };
  const said = (claim) => {
    const { verdict, because, seconds } = answers[claim.i];
    const answer = `${data.verdicts[verdict]} (${seconds} s)`;
    const why = trimmed(because) && `\n   because: ${trimmed(because)}`;
    return `${claims.indexOf(claim) + 1}. ${answer}: ${claim.t}${why}`;
  };
  const times = (all) => {
    const sorted = all.map((one) => answers[one.i].seconds).sort((a, b) => a - b);
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    const half = many(Math.round((low + high) / 2), "second");
    return all.length > 1 ? `; half of your answers took ${half} or less` : `; it took ${half}`;
  };
  const finish = () => {
    const all = answered();
    count.textContent = `${all.length} of ${claims.length} answered${all.length ? times(all) : ""}`;
    const missing = [
      !trimmed(name.value) && "give a name", !all.length && "answer at least one",
    ].filter(Boolean);
    lacks.textContent = missing.length ? `First ${missing.join(" and ")}.` : "";
    saves.disabled = copies.disabled = missing.length > 0;
    lacks.hidden = !missing.length;
    sent.hidden = whom.hidden = missing.length > 0;
    copies.textContent = "Copy the text";
    text.value = [
      `${trimmed(name.value)} checked ${many(all.length, "sentence")} of set no. ${set} ` +
        `(${data.edition}).`,
      ...all.map(said), `The file ${file()} goes with this.`,
    ].join("\n\n");
  };
  name.addEventListener("input", () => {
    keep(NAME, name.value);
    sheet.firstElementChild.replaceWith(head());
    finish();
  });
  saves.addEventListener("click", () => {
    const content = `checks:\n${answered().map(record).join("\n")}\n`;
    const href = `data:text/yaml;charset=utf-8,${encodeURIComponent(content)}`;
    make("a", { href, download: file() }).click();
  });
  copies.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      document.execCommand("copy"); // where the other way is refused
    }
    copies.textContent = "Copied";
  });

  // ---- the set in the address; an address that names none leaves what is shown ----

  const show = () => {
    const said = new URLSearchParams(location.hash.slice(1)).get("seed");
    const is = said !== null && isSet(said), before = set;
    set = is ? Number(said) : set ?? data.seed;
    if (said !== null ? !is : location.hash === "") history.replaceState(null, "", `#seed=${set}`);
    refused.textContent = "";
    if (said !== null && !is) refuse(said);
    if (set === before) return;
    number.value = set;
    answers = sets()[set] ?? {};
    claims = drawn(data.many, set, data.claims.length).map((at) => data.claims[at]);
    sheet.replaceChildren(head(), ...claims.map(shown));
    run(0);
    tellOthers();
    finish();
  };
  sheet.before(form, others);
  sheet.after(count, done);
  addEventListener("hashchange", show);
  show();
})();
