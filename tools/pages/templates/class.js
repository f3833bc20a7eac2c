/* The class at the wall: a teacher takes the lines that pupils read aloud from their pages, and the
   guesses of all stand above the record. Nothing is sent; what was taken stays in this browser. */
"use strict";

const STRIP = {width: 1100, height: 205, left: 60, right: 1040, base: 145, ring: 10};

/* Every line in a text, as {guess}, or {trouble} in words. */
function linesIn(text, salt) {
  const found = text.match(/\d+(?:[.,]\d+)*(?:\s*[a-z](?![a-z]))?/gi) || [];
  return found.map(line => {
    const [, digits, letter] = line.match(/^(\S*\d)\s*([a-z]?)$/i);
    if (!letter) return {line, trouble: `${line}: its letter is missing.`};
    const meant = [digits.replace(",", "."), digits.replaceAll(",", "")].map(Number);
    const fits = guess => Number.isFinite(guess) && lineOf(guess, salt).endsWith(letter.toUpperCase());
    const guess = meant.find(fits);
    return guess === undefined ? {line, trouble: `${line}: number and letter do not fit. Ask once more.`} : {line, guess};
  });
}

/* Rings on a line of numbers; those at the same place stand above one another. */
function stripOf(guesses, asked) {
  const {width, height, left, right, base, ring} = STRIP;
  const across = guess => left + (guess - asked.low) / (asked.high - asked.low) * (right - left);
  const rings = [];
  for (const guess of [...guesses].sort((one, other) => one - other)) {
    const x = across(guess);
    let level = 0;
    while (rings.some(other => other.level === level && Math.abs(other.x - x) < 2 * ring + 3)) level++;
    rings.push({x, level});
  }
  const step = Math.min(2 * ring + 3, (base - 2 * ring - 10) / Math.max(1, ...rings.map(({level}) => level)));
  const parts = roundNumbers(asked.low, asked.high, 6).map(value =>
    `<path d="M${at(across(value))} ${base}v8" stroke="${SOFT}"/>` +
    written(across(value), base + 32, inWords(value), {anchor: "middle"}));
  parts.push(`<path d="M${left} ${base}H${right}" stroke="${SOFT}"/>`);
  parts.push(written((left + right) / 2, base + 58, asked.unit, {anchor: "middle"}));
  for (const {x, level} of rings)
    parts.push(marked(x, base - ring - 3 - level * step, {colour: GUESS, size: ring / 0.7, hollow: true}));
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${safe(summary(guesses, asked))}">${parts.join("")}</svg>`;
}

function summary(guesses, {unit}) {
  if (!guesses.length) return "No guess yet.";
  if (guesses.length === 1) return `1 guess: ${inWords(guesses[0])} ${unit}.`;
  const sorted = [...guesses].sort((one, other) => one - other), half = (sorted.length - 1) / 2;
  const middle = (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
  return `${sorted.length} guesses, from ${inWords(sorted[0])} to ${inWords(sorted.at(-1))} ${unit}; in the middle ${inWords(middle)}.`;
}

/* The guesses in the picture of the record, where a page draws its one; spread, so that each is seen. */
function drawAll(figure, guesses, star) {
  figure.querySelectorAll(".guess-mark").forEach(mark => mark.remove());
  const [[, x0, y0], [, x1, y1]] = star.ends;
  if (Math.hypot(x1 - x0, y1 - y0) < 0.01) return;
  guesses.forEach((guess, n) => {
    const {inX, inY} = placeOf(guess, star), aside = ((n * 0.618034) % 1 - 0.5) * 0.05;
    const upright = Math.abs(y1 - y0) > Math.abs(x1 - x0);
    const mark = document.createElement("span");
    mark.className = "guess-mark";
    mark.textContent = "☆";
    mark.setAttribute("aria-hidden", "true");
    mark.style.left = `${100 * (inX + (upright ? aside : 0))}%`;
    mark.style.top = `${100 * (inY + (upright ? 0 : aside))}%`;
    figure.querySelector(".frame").append(mark);
  });
}

function wireClass(part, asked, box) {
  const cell = part.dataset.cell, find = name => part.querySelector(name);
  const form = find("form"), field = find("input"), said = find("[role=status]"), show = find(".show"), record = find(".record");
  const guesses = () => box.kept.guesses[cell] || [];
  const change = (words, after) => {
    box.keep(kept => { kept.guesses[cell] = after(kept.guesses[cell] || []); });
    draw();
    const kept = box.works() ? "" : " Nothing can be kept here: leave this page open.";
    said.textContent = `${words} ${summary(guesses(), asked)}${kept}`.trim();
  };
  function draw() {
    find(".picture").innerHTML = stripOf(guesses(), asked);
    if (asked.star) drawAll(record, guesses(), asked.star);
    find(".taken ul").replaceChildren(...guesses().map((guess, place) => {
      const button = document.createElement("button"), item = document.createElement("li");
      button.type = "button";
      button.textContent = `Take out ${inWords(guess)}`;
      button.addEventListener("click", () => {
        change(`Taken out: ${inWords(guess)}.`, all => all.filter((_, other) => other !== place));
        const left = part.querySelectorAll(".taken button");
        (left[Math.min(place, left.length - 1)] || field).focus();
      });
      item.append(button);
      return item;
    }));
    find(".taken").hidden = find(".forget").hidden = !guesses().length;
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    const found = linesIn(field.value, asked.salt);
    const inside = ({guess}) => guess >= asked.low && guess <= asked.high;
    const good = found.filter(inside), bad = found.filter(one => !inside(one));
    field.value = bad.map(({line}) => line).join(" ");
    const words = found.length ? bad.map(({line, trouble}) => trouble || `${line}: beyond the scale.`) : ["There is no line in that."];
    if (good.length) words.push(good.length === 1 ? `Added: ${inWords(good[0].guess)}.` : `Added: ${good.length} lines.`);
    change(words.join(" "), all => [...all, ...good.map(({guess}) => guess)]);
    field.focus();
  });
  find(".forget").addEventListener("click", () => {
    if (!confirm("Forget all guesses of the class?")) return;
    change("Forgotten.", () => []);
    field.focus();
  });
  show.addEventListener("click", () => {
    record.hidden = !record.hidden;
    show.setAttribute("aria-expanded", String(!record.hidden));
    show.textContent = record.hidden ? "Show the record" : "Hide the record";
  });
  said.textContent = summary(guesses(), asked);
  draw();
}

const lines = JSON.parse(document.getElementById("class").textContent);
document.body.classList.add("works");
document.querySelectorAll(".wall").forEach(part => {
  part.hidden = false;
  wireClass(part, lines.guesses[part.dataset.cell], store(`two-winds class ${lines.name}`));
});
