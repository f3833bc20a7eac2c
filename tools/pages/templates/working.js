/* What makes a page answer: no framework, no request to anywhere, nothing is ever run as code.
   The arithmetic and the words are those of the notebook's `check` and models; a test holds the two
   together (tests/pages/test_working_pages.py). */
"use strict";

const SHORT_TON = 0.90718474, CLOSE = 0.005, FIRST_YEAR = 1900, LAST_YEAR = 2030;
const TOO_FAR = "Rounded too far: keep a decimal or two.";
const ROUNDED = 0.02, AT_MOST = 0.1, NEARLY = "Correct, nearly: keep the decimals until the end.";
const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december"];

/* --- a small calculator: numbers, + - * / **, brackets, the lesson's own helpers --- */

class Slip extends Error {}

const HELPERS = {
  abs: Math.abs, min: Math.min, max: Math.max,
  round: (x, digits = 0) => Math.round(x * 10 ** digits) / 10 ** digits,
  growth_rate: (start, end, years) => (end / start) ** (1 / years) - 1,
  project: (start, rate, years) => start * (1 + rate) ** years,
  required_rate: (start, target, years) => (target / start) ** (1 / years) - 1,
};
const NEEDS = {growth_rate: "start, end, years", project: "start, rate, years",
  required_rate: "start, target, years", value: 'table, "SUN", "steel", 1957'};
const TOKEN = /\s*(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+|\*\*|[-+*/(),]|[A-Za-z_]\w*|"[^"]*"|'[^']*'|$)/y;

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new Slip("This cannot be read as a number or a sum, such as 100 * 9 / 3.");
    if (match[1] !== "") found.push(match[1]);
    if (match[0] === "") break;
  }
  return found;
}

/* Look-ups are kept by the page as {"production": {"SUN steel 1957": 51.2}}. */
function calculate(text, tables) {
  if (/^\s*-?\d+,\d+\s*$/.test(text)) throw new Slip(`Write a point: ${text.trim().replace(",", ".")}.`);
  if (/%|per cent/.test(text)) throw new Slip("Leave out the per cent sign: the number alone.");
  if (/[“”‘’„]/.test(text)) throw new Slip("Use straight quotation marks.");
  const list = tokens(text);
  let place = 0;
  const next = () => list[place], take = () => list[place++];
  const expect = sign => { if (take() !== sign) throw new Slip(`A ${sign} is missing.`); };
  function sum() {
    let left = product();
    while (next() === "+" || next() === "-") left = take() === "+" ? left + product() : left - product();
    return left;
  }
  function product() {
    let left = signed();
    while (next() === "*" || next() === "/") {
      if (take() === "*") left *= signed();
      else {
        const by = signed();
        if (by === 0) throw new Slip("Nothing can be divided by 0.");
        left /= by;
      }
    }
    return left;
  }
  function signed() {
    if (next() === "-") { take(); return -signed(); }
    if (next() === "+") { take(); return signed(); }
    const base = single();
    if (next() !== "**") return base;
    take();
    return base ** signed();
  }
  function given() {
    const found = [];
    if (next() === ")") return found;
    do {
      const word = next();
      if (/^["']/.test(word || "")) { take(); found.push(word.slice(1, -1)); }
      else if (word in tables && list[place + 1] !== "(") { take(); found.push(word); }
      else found.push(sum());
    } while (next() === "," && take());
    return found;
  }
  function single() {
    const word = take();
    if (word === undefined) throw new Slip("The sum is not finished.");
    if (word === "(") { const inside = sum(); expect(")"); return inside; }
    if (/^[\d.]/.test(word)) return Number(word);
    if (next() !== "(") throw new Slip(`The name ${word} is not known here. Write the number itself.`);
    take();
    const parts = given();
    expect(")");
    if (word === "value") return lookUp(parts, tables);
    if (!Object.hasOwn(HELPERS, word)) throw new Slip(`There is no helper named ${word} here.`);
    if (NEEDS[word] && parts.length !== 3)
      throw new Slip(`${word} needs ${NEEDS[word]}: three numbers. A number has a point, not a comma.`);
    return HELPERS[word](...parts);
  }
  const result = sum();
  if (place < list.length) throw new Slip("This cannot be read as a number or a sum, such as 100 * 9 / 3.");
  if (!Number.isFinite(result)) throw new Slip("That sum has no number for an answer.");
  return result;
}

function lookUp([table, country, product, year], tables) {
  const found = tables[table] && tables[table][`${country} ${product} ${year}`];
  if (found === undefined) throw new Slip(`The page holds no such figure. value needs ${NEEDS.value}.`);
  return found;
}

/* --- what the notebook's check says, word for word --- */

const plain = word => String(word).replaceAll("_", " ").toLowerCase().replace(/[ .]+$/, "").split(/\s+/).filter(Boolean).join(" ");
const wordsOf = list => new Set(list.map(plain));
const alike = (one, other) => one.size === other.size && [...one].every(word => other.has(word));

/* An expected answer is {kind, value, whole}; kind is number, truth, list or word. */
function same(answer, expected) {
  if (expected.kind === "truth") return typeof answer === "boolean" && answer === expected.value;
  if (typeof answer === "boolean") return false;
  if (expected.kind === "list") return Array.isArray(answer) && alike(wordsOf(answer), wordsOf(expected.value));
  if (expected.kind === "word") return typeof answer === "string" && readsAs(answer, expected.value);
  if (typeof answer !== "number") return false;
  if (expected.whole) return answer === expected.value;
  return Math.abs(answer - expected.value) <= CLOSE * Math.abs(expected.value);
}

/* Right to the eye: from figures as they are printed, or rounded to a whole number or one decimal. */
function nearly(answer, expected) {
  if (!expected || expected.kind !== "number" || expected.whole || typeof answer !== "number") return false;
  const off = Math.abs(answer - expected.value), size = Math.abs(expected.value);
  return off <= ROUNDED * size || off <= AT_MOST * size && isRounded(answer, expected.value);
}

function isRounded(answer, expected) {
  return [1, 0.1].some(step => Math.abs(answer - expected) <= step / 2 &&
    Math.abs(answer / step - Math.round(answer / step)) < 1e-9);
}

function readsAs(answer, expected) {
  if (plain(answer) === plain(expected)) return true;
  if (LETTER.test(expected)) return letterIn(answer) === expected;
  return DAY.test(expected) && asDay(answer) === expected;
}

const LETTER = /^[a-h]$/, DAY = /^\d{4}-\d{2}-\d{2}$/;
const letterIn = answer => (answer.toLowerCase().match(/^\W*([a-h])(\W*$|\W*[).:])/) || ["", ""])[1];

function asDay(text) {
  const parts = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const months = parts.filter(part => MONTHS.includes(part)).map(part => MONTHS.indexOf(part) + 1);
  const numbers = parts.filter(part => /^\d+$/.test(part)).map(Number);
  const written = (year, month, day) =>
    [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  if (months.length && numbers.length === 2) return written(numbers[1], months[0], numbers[0]);
  if (numbers.length === 3 && parts.length === 3)
    return numbers[0] > 31 ? written(...numbers) : written(numbers[2], numbers[1], numbers[0]);
  return "";
}

function judge(answer, key) {
  if (key.words) return aboutText(answer);
  if (same(answer, key.expected)) return {state: "correct", words: `Correct. ${key.why}`};
  for (const [mistake, words] of key.mistakes)
    if (same(answer, mistake)) return {state: "tried", words: `Not quite. ${words}`};
  if (nearly(answer, key.expected) || nearly(answer, key.printed)) return {state: "correct", words: `${NEARLY} ${key.why}`};
  const shape = shapeOfMistake(answer, key.expected);
  if (shape) return {state: "tried", words: `Not quite. ${shape}`};
  return {state: "tried", words: "Not quite." + (key.hints.length ? " Need a push? Press Hint." : "")};
}

function aboutText(answer) {
  const count = answer.split(/\s+/).filter(Boolean).length;
  const figures = /\d/.test(answer) ? "" : " It holds no figure yet: which one would you show a doubter?";
  return {state: "written", words:
    `Written: ${count === 1 ? "1 word" : `${count} words`}.${figures} No program can judge it: use the rubric below.`};
}

function shapeOfMistake(answer, expected) {
  if (expected.kind === "list") {
    const given = wordsOf(answer), wanted = wordsOf(expected.value);
    const right = [...given].filter(word => wanted.has(word)).length;
    const are = wanted.size - right === 1 ? "is" : "are";
    if (!right) return `Nothing in your list belongs there; ${wanted.size} ${are} missing.`;
    return `${right} of your ${given.size} ${right === 1 ? "belongs" : "belong"} there; ` +
      `${wanted.size - right} more ${are} missing.`;
  }
  if (expected.kind === "word" && LETTER.test(expected.value) && !letterIn(answer))
    return 'Answer with the letter alone, such as "a".';
  if (expected.kind === "word" && DAY.test(expected.value) && !asDay(answer))
    return 'Write a day with its month and year, such as "1958-12-31".';
  if (expected.kind !== "number") return "";
  if (expected.whole && FIRST_YEAR <= expected.value && expected.value <= LAST_YEAR)
    return shapeOfYear(answer, expected.value);
  return shapeOfNumber(answer, expected.value);
}

function shapeOfYear(answer, expected) {
  if (Math.abs(answer - expected) === 1)
    return "One year off. Which is the first year in which the statement is true?";
  if (!(FIRST_YEAR <= answer && answer <= LAST_YEAR)) return "The answer is a year, written with four digits.";
  return answer < expected ? "Too early." : "Too late.";
}

function shapeOfNumber(answer, expected) {
  const slips = [
    [expected * 100, "Per cent or fraction? Yours is a hundred times too large."],
    [expected / 100, "Per cent or fraction? Yours is a hundred times too small."],
    [expected * 1000, "Check the unit: yours is a thousand times too large."],
    [expected / 1000, "Check the unit: yours is a thousand times too small."],
    [-expected, "The right size, but the sign is the other way round."],
    [expected + 100, "That is the new level in per cent of the old. How much was added?"],
    [expected - 100, "That is the change. The question asks for the level, the old one being 100."],
    [expected / SHORT_TON, "Those are short tons. A short ton is 0.907 of a metric ton."],
    [expected * SHORT_TON, "You converted to metric tons, but the figure is metric already."],
  ];
  if (expected) slips.push([1 / expected, "Upside down: divide the other way round."],
    [10000 / expected, "Upside down: divide the other way round."]);
  const found = slips.find(([value]) => same(answer, {kind: "number", value, whole: false}));
  if (found) return found[1];
  return typeof answer === "number" && isRounded(answer, expected) ? TOO_FAR : "";
}

/* --- numbers as the notebook writes them --- */

/* Rounded like Python: exactly half goes to the even digit, which toFixed does not do. */
function fixed(value, digits) {
  const isHalf = Math.abs(value * 2 ** (digits + 1) % 2) === 1;
  if (!isHalf) return value.toFixed(digits);
  const parts = Math.floor(value * 10 ** digits);
  return ((parts % 2 === 0 ? parts : parts + 1) / 10 ** digits).toFixed(digits);
}

function inWords(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "no figure";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 || value === 0 ? 1 : 2;
  const [whole, part] = fixed(value, digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined || part === "0" ? grouped : `${grouped}.${part}`;
}

/* --- what is kept between two visits; where nothing can be kept, the page goes on without --- */

const NOTHING = () => ({answers: {}, states: {}, guesses: {}, desks: {}});

/* A change is made to what is kept now: the same page may be open twice. */
function store(name) {
  const kept = NOTHING();
  let works = true;
  const refresh = () => Object.assign(kept, NOTHING(), JSON.parse(localStorage.getItem(name) || "{}"));
  const attempt = action => { try { action(); works = true; } catch { works = false; } };
  attempt(refresh);
  return {
    kept,
    works: () => works,
    keep(change) {
      if (works) attempt(refresh);
      change(kept);
      attempt(() => localStorage.setItem(name, JSON.stringify(kept)));
    },
    forget() {
      Object.assign(kept, NOTHING());
      attempt(() => localStorage.removeItem(name));
    },
  };
}

/* --- the page --- */

function start(lesson) {
  const box = store(`two-winds ${lesson.name}`);
  const forms = [...document.querySelectorAll("form.answer")];
  document.body.classList.add("works");
  forms.forEach(form => wire(form, lesson, box, tell));
  document.querySelectorAll("form.guess").forEach(form => wireGuess(form, lesson, box));
  startDesks(lesson, box.kept.desks, (cell, state) => { box.keep(kept => { kept.desks[cell] = state; }); tell(); });
  const ending = document.querySelector(".ending");
  if (ending) {
    ending.hidden = false;
    ending.querySelector("button").addEventListener("click", () => {
      if (!confirm("Forget every answer, guess and desk on this page?")) return;
      box.forget();
      location.reload();
    });
  }
  function tell() {
    if (!ending) return;
    const done = forms.filter(form => ["correct", "written"].includes(box.kept.states[form.dataset.exercise]));
    const kept = box.works() ? "" : " Nothing can be kept here, so it is forgotten when you close the page.";
    const said = ending.querySelector("[role=status]"), words = `${done.length} of ${forms.length} done.${kept}`;
    if (said.textContent !== words) said.textContent = words;
  }
  tell();
  if (lesson.edition) wireHandIn(lesson, forms);
}

function read(form, lesson) {
  const kind = form.dataset.kind;
  if (kind === "choice") {
    const chosen = form.querySelector("input:checked");
    return chosen ? chosen.value : "";
  }
  if (kind === "truth") {
    const chosen = form.querySelector("input:checked");
    return chosen ? chosen.value === "True" : "";
  }
  if (kind === "list") return [...form.querySelectorAll("input:checked")].map(input => input.value);
  const typed = form.querySelector("input, textarea").value;
  return kind === "number" && typed.trim() ? calculate(typed, lesson.tables) : typed;
}

function wire(form, lesson, box, tell) {
  const name = form.dataset.exercise, key = lesson.exercises[name];
  const said = form.querySelector("[role=status]"), hint = form.querySelector(".hint");
  form.hidden = false;
  restore(form, box.kept.answers[name]);
  let given = 0;
  form.addEventListener("input", () => box.keep(kept => { kept.answers[name] = typedIn(form); }));
  form.addEventListener("submit", event => {
    event.preventDefault();
    let verdict;
    try {
      const answer = read(form, lesson);
      const blank = Array.isArray(answer) ? !answer.length : String(answer).trim() === "";
      if (blank) verdict = {state: "", words: "Not answered yet."};
      else verdict = key ? judge(answer, key) : {state: "written", words: "Received."};
    } catch (slip) {
      if (!(slip instanceof Slip)) throw slip;
      verdict = {state: "tried", words: slip.message};
    }
    said.textContent = verdict.words;
    said.dataset.state = verdict.state;
    const rank = ["tried", "written", "correct"];
    box.keep(kept => {
      if (rank.indexOf(verdict.state) > rank.indexOf(kept.states[name])) kept.states[name] = verdict.state;
    });
    tell();
  });
  if (hint && key && key.hints.length) hint.addEventListener("click", () => {
    given = Math.min(given + 1, key.hints.length);
    said.textContent = `Hint ${given} of ${key.hints.length}. ${key.hints[given - 1]}`;
    said.dataset.state = "";
  });
  else if (hint) hint.hidden = true;
}

function typedIn(form) {
  const boxes = [...form.querySelectorAll("input[type=radio], input[type=checkbox]")];
  if (boxes.length) return boxes.filter(input => input.checked).map(input => input.value);
  return form.querySelector("input, textarea").value;
}

function restore(form, kept) {
  if (kept === undefined) return;
  if (Array.isArray(kept)) form.querySelectorAll("input").forEach(i => { i.checked = kept.includes(i.value); });
  else form.querySelector("input, textarea").value = kept;
}

function wireGuess(form, lesson, box) {
  const cell = form.dataset.cell, asked = lesson.guesses[cell], field = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  form.hidden = false;
  const show = guess => {
    said.textContent = `Committed: ${inWords(guess)} ${asked.unit}. Now go on.`;
    if (asked.salt !== undefined) form.querySelector(".line").textContent = `For the class: ${lineOf(guess, asked.salt)}`;
    document.querySelectorAll(`figure[data-guess="${cell}"]`).forEach(figure => drawGuess(figure, guess, asked));
  };
  if (box.kept.guesses[cell] !== undefined) {
    field.value = box.kept.guesses[cell];
    show(box.kept.guesses[cell]);
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    const guess = Number(field.value);
    if (field.value === "" || !(guess >= asked.low && guess <= asked.high)) return;
    box.keep(kept => { kept.guesses[cell] = guess; });
    show(guess);
  });
}

/* A guess as a line to read aloud: its number, and a letter that fits no number with one digit wrong or
   two neighbours exchanged, and no guess of another lesson. Of letters that look or sound alike one is used. */
const LETTERS = "BFHKLMQRWXY", SIGNS = "0123456789.";

function lineOf(guess, salt) {
  const written = String(Number(guess.toFixed(2)));
  const sum = [...written].reduce((all, sign, place) => all + (place + 2) * SIGNS.indexOf(sign), salt);
  return `${written} ${LETTERS[sum % LETTERS.length]}`;
}

/* A picture that takes up the guess says where it belongs: two guesses with their places, as parts of
   its width and height, and the frame of its axes, which the star does not leave. */
function placeOf(guess, {ends: [[guess0, x0, y0], [guess1, x1, y1]], frame: [left, top, right, bottom]}) {
  const part = (guess - guess0) / (guess1 - guess0), x = x0 + part * (x1 - x0), y = y0 + part * (y1 - y0);
  const inX = Math.min(right, Math.max(left, x)), inY = Math.min(bottom, Math.max(top, y));
  return {inX, inY, outside: Math.abs(inX - x) > 0.001 || Math.abs(inY - y) > 0.001};
}

function drawGuess(figure, guess, asked) {
  let words = asked.said.replace("{}", inWords(guess));
  if (asked.star) {
    const {inX, inY, outside} = placeOf(guess, asked.star);
    const mark = within(figure, "guess-mark", ".frame", "span");
    mark.style.left = `${100 * inX}%`;
    mark.style.top = `${100 * inY}%`;
    mark.textContent = "★";
    mark.setAttribute("aria-hidden", "true");
    words += outside ? " It lies beyond the scale of the picture: the star stands at its edge." : " The star in the picture is your guess.";
  }
  within(figure, "guess-words", "figcaption", "p").textContent = words;
}

function within(figure, name, place, kind) {
  let found = figure.querySelector(`.${name}`);
  if (!found) {
    found = document.createElement(kind);
    found.className = name;
    figure.querySelector(place).append(found);
  }
  return found;
}

/* --- handing in: the student's edition with the answers put into its cells --- */

function literal(form) {
  const kind = form.dataset.kind, typed = typedIn(form);
  if (kind === "words" || kind === "word") return typed.trim() ? JSON.stringify(typed) : "";
  if (kind === "choice") return typed.length ? JSON.stringify(typed[0]) : "";
  if (kind === "truth") return typed.length ? typed[0] : "";
  if (kind === "list") return typed.length ? JSON.stringify(typed) : "";
  return typed.trim();
}

function filledIn(edition, forms) {
  const notebook = structuredClone(edition);
  for (const form of forms) {
    const answer = literal(form), name = form.dataset.exercise;
    if (!answer) continue;
    const cell = notebook.cells.find(one => (one.metadata.tags || []).some(tag => tag.startsWith(`exercise:${name}:`)));
    const source = Array.isArray(cell.source) ? cell.source.join("") : cell.source;
    const begins = source.indexOf(`${name} = `);
    cell.source = `${source.slice(0, begins)}${name} = ${answer}`;
  }
  return notebook;
}

function wireHandIn(lesson, forms) {
  const part = document.querySelector("form.hand-in");
  part.hidden = false;
  part.addEventListener("submit", event => {
    event.preventDefault();
    const name = part.querySelector("input").value.trim();
    if (!name) { part.querySelector("[role=status]").textContent = "Write your name first."; return; }
    const notebook = filledIn(lesson.edition, forms);
    const line = notebook.cells.find(cell => cell.id === lesson.name_cell);
    if (line) line.source = `${lesson.name_line} ${name}`;
    const text = JSON.stringify(notebook, null, 1) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], {type: "application/x-ipynb+json"}));
    link.download = `${name.replace(/[\\/:*?"<>|]/g, "_")}.ipynb`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    const empty = forms.filter(form => !literal(form)).length;
    part.querySelector("[role=status]").textContent =
      `Saved as ${link.download}.${empty ? ` ${empty} of ${forms.length} have no answer yet.` : ""}`;
  });
}

/* Of a page that was saved half its data may be cut off: then it stays a page to read. */
function whole(text) {
  try { return JSON.parse(text); } catch { return null; }
}

const block = document.getElementById("lesson"), lesson = block && whole(block.textContent);
if (lesson) start(lesson);
