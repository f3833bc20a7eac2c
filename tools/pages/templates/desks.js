/* The desks of the lessons: controls, and a picture that follows them, drawn as SVG from data.
   What is reckoned here is what the notebook's models and charts reckon, sentence for sentence; a test
   walks both through the same views (tests/pages/test_desks.py). */
"use strict";

const INK = "#222222", SOFT = "#888888", GUESS = "#6a1b8a", PROMISE = "#6f6f6f", CHN = "#a96414";
const SUN = "#98201a", USA = "#147baf", OUT = "#8a8a8a", BEGUN = 20.2;

/* --- drawing: a picture is 1100 wide; panels hold marks in the terms of their scales --- */

const safe = text => String(text).replace(/[&<>"]/g, c => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[c]);
const at = value => Math.round(value * 10) / 10;

function written(x, y, words, {anchor = "start", colour = INK, bold = false, size = BEGUN} = {}) {
  const lines = String(words).split("\n").map((line, n) =>
    `<tspan x="${at(x)}" dy="${n ? size * 1.2 : 0}">${safe(line)}</tspan>`).join("");
  return `<text x="${at(x)}" y="${at(y)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"` +
    `${bold ? ' font-weight="bold"' : ""}>${lines}</text>`;
}

const SHAPES = {
  o: r => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  s: r => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  D: r => `M0 ${-r * 1.2}L${r * 1.2} 0L0 ${r * 1.2}L${-r * 1.2} 0Z`,
  x: r => `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`,
};

/* A hollow mark is unverified; an open one is a ring round something else. */
function marked(x, y, {shape = "o", colour = INK, size = 8, hollow = false, open = false}) {
  const fill = open || shape === "x" ? "none" : hollow ? "#ffffff" : colour;
  return `<path transform="translate(${at(x)} ${at(y)})" d="${SHAPES[shape](size * 0.7)}" stroke="${colour}"` +
    ` stroke-width="2.2" fill="${fill}"/>`;
}

/* Round numbers for a scale, at most so many steps. */
function roundNumbers(low, high, most = 5, whole = false) {
  const rough = (high - low) / most || 1, ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10, 20].map(n => n * ten).find(n => n >= rough && (!whole || Number.isInteger(n))) || 1;
  const found = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; n++) found.push(Number((n * step).toPrecision(12)));
  return found;
}

/* A panel: box (left, top, right, bottom), x and y ([low, high]), ticks, marks in order. */
function drawPanel(panel) {
  const [left, top, right, bottom] = panel.box;
  const X = v => left + (v - panel.x[0]) / (panel.x[1] - panel.x[0]) * (right - left);
  const Y = v => bottom - (v - panel.y[0]) / (panel.y[1] - panel.y[0]) * (bottom - top);
  const part = [];
  for (const [value, words] of panel.ups || roundNumbers(...panel.y).map(v => [v, inWords(v)])) {
    part.push(`<path d="M${left} ${at(Y(value))}H${right}" stroke="#dddddd"/>`);
    part.push(written(left - 8, Y(value) + 7, words, {anchor: "end"}));
  }
  if (panel.base !== false) part.push(`<path d="M${left} ${bottom}H${right}" stroke="${SOFT}"/>`);
  for (const [value, words] of panel.acrosses || roundNumbers(...panel.x, 6, true).map(v => [v, String(v)]))
    part.push(written(X(value), bottom + 28, words, {anchor: "middle"}));
  if (panel.name) part.push(written(left, top - 14, panel.name, {bold: true}));
  if (panel.under) part.push(written((left + right) / 2, bottom + 56, panel.under, {anchor: "middle"}));
  for (const mark of panel.marks) {
    if (mark.line) {
      const d = mark.line.map(([x, y], n) => {
        const step = mark.steps && n ? `H${at(X(x))}V${at(Y(y))}` : `${n ? "L" : "M"}${at(X(x))} ${at(Y(y))}`;
        return step;
      }).join("");
      part.push(`<path d="${d}" fill="none" stroke="${mark.colour || INK}" stroke-width="${mark.width || 3.3}"` +
        `${mark.dash ? ` stroke-dasharray="${mark.dash}"` : ""}/>`);
    } else if (mark.bar) {
      const [x, wide, low, high] = mark.bar, y = Math.min(Y(low), Y(high)), tall = Math.abs(Y(high) - Y(low));
      part.push(`<rect x="${at(X(x - wide / 2))}" y="${at(y)}" width="${at(X(x + wide / 2) - X(x - wide / 2))}"` +
        ` height="${at(tall)}" fill="${mark.fill || "none"}" stroke="${mark.colour}" stroke-width="${mark.width ?? 3.3}"` +
        `${mark.dash ? ` stroke-dasharray="${mark.dash}"` : ""}/>`);
    } else if (mark.band) {
      const [low, high] = mark.band;
      part.push(`<rect x="${at(X(low))}" y="${top}" width="${at(X(high) - X(low))}" height="${bottom - top}"` +
        ` fill="${mark.colour}" fill-opacity="${mark.faint || 1}"/>`);
    } else if (mark.words !== undefined) {
      const [x, y] = mark.at;
      part.push(written(X(x) + (mark.right || 0), Y(y) - (mark.up || 0) + (mark.middle === false ? 0 : 7), mark.words, mark));
    } else part.push(marked(X(mark.at[0]), Y(mark.at[1]), mark));
  }
  return part.join("");
}

function legendOf(list, top) {
  let x = 16;
  return list.map(([words, look]) => {
    const begun = x;
    x += 44 + words.length * 11;
    const line = look.dash || look.lined ? `<path d="M${begun} ${top - 7}h28" stroke="${look.colour}" stroke-width="3"` +
      `${look.dash ? ` stroke-dasharray="${look.dash}"` : ""}/>` : "";
    return line + (look.shape ? marked(begun + 14, top - 7, look) : "") + written(begun + 36, top, words);
  }).join("");
}

function drawn(chart) {
  const {height, panels, legend = [], notes = ""} = chart.picture;
  return {size: [1100, height], inside: panels.map(drawPanel).join("") + legendOf(legend, 22) + notes};
}

/* --- the desks: view and data in, chart out --- */

const DESKS = {};

/* 06: growth rates, and the year of overtaking */

function yearOfOvertaking(chaser, leader, chaserRate, leaderRate, startYear) {
  if (chaser > leader) return startYear;
  const closing = (1 + chaserRate) / (1 + leaderRate);
  if (closing <= 1) return null;
  const years = Math.floor(Math.round(Math.log(leader / chaser) / Math.log(closing) * 1e9) / 1e9) + 1;
  return years > 1000 ? null : startYear + years;
}

DESKS.gosplan_desk = {
  follow(name, view, data) {
    return name === "product" ? {ussr: data.products[view.product].rates[0], usa: data.products[view.product].rates[1]} : {};
  },
  chart(view, data) {
    const product = data.products[view.product], from = data.years.from;
    const rates = [view.ussr / 100, view.usa / 100];
    let year = yearOfOvertaking(...product.starts, ...rates, from);
    if (year !== null && year > data.years.until) year = null;
    const until = year === null ? data.years.until : Math.max(year + 3, data.years.shown);
    const rows = [];
    for (let when = from; when <= until; when++)
      rows.push([when, ...[0, 1].map(n => product.starts[n] * (1 + rates[n]) ** (when - from))]);
    const title = `${product.name[0].toUpperCase()}${product.name.slice(1)}: when would the USSR overtake? (${product.unit})`;
    const end = year === null ? `does not overtake in ${product.name} by ${data.years.until}.` : `overtakes in ${product.name} in ${year}.`;
    const theirs = new Map(product.reported[1]);
    const first = product.reported[0].find(([when, made]) => theirs.has(when) && made > theirs.get(when));
    const happened = first ? `As reported, it was first ahead in ${first[0]}.`
      : product.last === null ? "" : `As reported, it was not ahead by ${product.last}.`;
    const sentence = `From ${from} at ${fixed(100 * rates[0], 1)} per cent a year (USSR) and ` +
      `${fixed(100 * rates[1], 1)} (USA), the USSR ${end} ${happened}`;
    const last = rows[rows.length - 1];
    const top = 1.06 * Math.max(...rows.flatMap(row => row.slice(1)), ...product.reported.flat().map(([, made]) => made));
    const marks = [];
    [[SUN, "o", "USSR"], [USA, "s", "USA"]].forEach(([colour, shape, name], n) => {
      marks.push({line: product.reported[n], colour, width: 2.2});
      product.reported[n].forEach(place => marks.push({at: place, shape, colour, size: 4}));
      marks.push({line: rows.map(row => [row[0], row[n + 1]]), colour, dash: "13 6", width: 3.6});
      marks.push({at: [last[0], last[n + 1]], right: 14, words: name, colour, bold: true});
    });
    apart(marks.filter(mark => mark.words), top, 4 / 6.2 * 620);
    if (year !== null) {
      const ring = [year, rows.find(row => row[0] === year)[1]];
      marks.push({at: ring, shape: "o", colour: INK, size: 14, open: true});
      const early = year < from + 4;
      marks.push({at: ring, right: early ? 16 : -16, up: 22, anchor: early ? "start" : "end", words: year, bold: true, size: 24});
    }
    const reached = Math.max(...product.reported.flat().map(([when]) => when));
    return {title, sentence, source: product.source, rows, alt: `Line chart. ${title} ${sentence}`, picture: {
      height: 480, legend: [["at your rates", {colour: INK, dash: "9 5"}], [`as reported to ${reached}`, {colour: INK, shape: "o", size: 4, lined: true}]],
      panels: [{box: [90, 44, 960, 440], x: [from - 1, until + 0.4], y: [0, top], marks}]}};
  },
};

/* Names at the ends of lines are kept apart by a line's height. */
function apart(names, top, height) {
  names.sort((one, other) => one.at[1] - other.at[1]);
  for (let n = 1; n < names.length; n++) {
    const gap = (names[n].at[1] - names[n - 1].at[1]) / top * height + (names[n].up || 0) - (names[n - 1].up || 0);
    if (gap < 25) names[n].up = (names[n].up || 0) + 25 - gap;
  }
}

/* 05: a herd and a campaign for meat */

const BIRTHS = 0.7;

function slaughter(breeding, young, wanted) {
  const killed = Math.min(Math.max(wanted - young, 0), breeding);
  return {breeding, young, wanted, meat: Math.min(wanted, young) + killed, killed};
}

function campaign(share, growth, pressed, years = 8, births = BIRTHS) {
  const kept = 1 - share, multiple = 1 + ((kept + Math.sqrt(kept * kept + 4 * births * kept)) / 2 - 1);
  const breeding = 100 * multiple / (multiple + births), told = [];
  let herd = [breeding, 100 - breeding];
  for (let year = 0; year <= years; year++) {
    const wanted = 1 <= year && year <= pressed ? told[year - 1].wanted * (1 + growth) : share * (herd[0] + herd[1]);
    const now = slaughter(...herd, wanted), left = now.breeding - now.killed;
    told.push(now);
    herd = [Math.max(0, left + (now.young - (now.meat - now.killed))), births * left];
  }
  return told;
}

DESKS.herd_desk = {
  chart(view) {
    const share = view.share / 100, growth = view.growth / 100, pressed = view.pressed;
    const before = campaign(share, growth, 0), target = campaign(share, growth, pressed), sum = list => list.reduce((a, b) => a + b, 0);
    let said = `In this model ${inWords(100 * share)} of 100 animals are slaughtered in an ordinary year`;
    if (!pressed) said += `, and no target is pressed: meat goes from ${inWords(before[0].meat)} to ${inWords(before[8].meat)}.`;
    else {
      said += `; then meat must rise by ${inWords(100 * growth)} per cent`;
      said += pressed === 1 ? " in one year." : ` a year, ${pressed} years running.`;
      const missed = target.findIndex((year, n) => 1 <= n && n <= pressed && year.meat < year.wanted - 1e-9);
      const killed = sum(target.slice(1, pressed + 1).map(year => year.killed));
      said += missed > 0 ? ` The target is missed in year ${missed}, although every animal is killed.`
        : ` The target is met${killed ? ` by killing ${inWords(killed)} breeding animals.` : " with young alone."}`;
      said += ` The year after gives ${inWords(target[pressed + 1].meat)} animals for meat; as before it would give ${inWords(before[pressed + 1].meat)}.`;
      const total = sum(target.map(year => year.meat)) - sum(before.map(year => year.meat));
      said += ` Over all ${target.length} years the campaign gives ${inWords(Math.abs(total))} ${total >= 0 ? "more" : "less"}.`;
    }
    const title = "A model: 100 animals, and a campaign for meat", looks = [{colour: PROMISE, shape: "s", dash: "13 6"}, {colour: SUN, shape: "o"}];
    const panel = (what, name, box) => {
      const marks = pressed ? [{band: [0.5, pressed + 0.5], colour: "#d9d9d9"}] : [];
      [before, target].forEach((told, n) => {
        const line = told.map((year, place) => [place, year[what]]);
        marks.push({line, ...looks[n]}, ...line.map(place => ({at: place, ...looks[n], size: 7})));
      });
      const top = 1.08 * Math.max(...[...before, ...target].map(year => year[what]));
      return {box, name, x: [-0.4, 8.4], y: [0, top || 1], marks, under: "year of the model", acrosses: before.map((_, n) => [n, n])};
    };
    const rows = before.map((year, n) => [n, year.meat, year.breeding, target[n].meat, target[n].breeding, target[n].killed]);
    return {title, sentence: said, rows, alt: `Two line charts. ${title}. Each has a line as before and a line by the target, over the years 0 to 8.`,
      source: "A model, not a record: two_winds.models.herd. Nothing in it was counted on a farm.",
      picture: {height: 440, legend: [["as before", {...looks[0], lined: true}], ["by the target", {...looks[1], lined: true}], ...(pressed ? [["target pressed", {shape: "s", colour: "#d9d9d9", size: 11}]] : [])],
        panels: [panel("meat", "Meat: slaughtered in the year", [70, 74, 520, 370]), panel("breeding", "Breeding animals, at its start", [630, 74, 1080, 370])]}};
  },
};

/* 07: a report on its way up */

DESKS.reporting_desk = {
  chart(view, data) {
    const addition = view.addition / 100, share = view.share / 100, reports = [];
    for (let amount = 100, n = 0; n < view.levels; n++) reports.push(amount = amount * (1 + addition));
    const told = reports[reports.length - 1], taken = share * told, left = Math.max(0, 100 - taken), honest = Math.max(0, 100 - share * 100);
    const bars = [["harvest", 100, "is there"], ...reports.map((amount, n) => [`${data.levels[n]} says`, amount, "is said"]),
      ["levy", taken, "is taken"], ["left", left, "is left"]];
    let sentence = `In this model ${reports.length} level${reports.length > 1 ? "s" : ""} adding ${inWords(100 * addition)} per cent each turn ` +
      `${inWords(100)} into ${inWords(told)}. A levy of ${inWords(100 * share)} per cent of the report takes ${inWords(taken)}`;
    sentence += taken > 100 ? ": more than there is." : ` and leaves ${inWords(left)}; a true report would leave ${inWords(honest)}.`;
    const title = `A model: each level adds ${inWords(100 * addition)} per cent (harvest = 100)`, most = Math.max(...bars.map(bar => bar[1]));
    const marks = bars.flatMap(([, amount, kind], n) => {
      const said = kind === "is said", colour = said ? PROMISE : CHN;
      return [{bar: [n, 0.62, 0, amount], colour, dash: said ? "12 6" : "", fill: said ? "#ffffff" : kind === "is taken" ? "url(#hatched)" : colour},
        {at: [n, amount], up: 14, anchor: "middle", words: inWords(amount), bold: true}];
    });
    marks.push({line: [[-0.6, 100], [bars.length - 0.4, 100]], colour: CHN, width: 2.2, dash: "3 5"});
    return {title, sentence, source: "A model, not a record: the additions and the levy are chosen by the reader.", rows: bars,
      alt: `Bar chart. ${title}. ${bars.map(([place, amount]) => `${place} ${inWords(amount)}`).join(", ")}. ${sentence}`,
      picture: {height: 460, panels: [{box: [80, 20, 1080, 380], x: [-0.6, bars.length - 0.4], y: [0, 1.12 * most], marks,
        acrosses: bars.map(([place], n) => [n, place.replace(" ", "\n")])}]}};
  },
};

/* 01: judgements added up */

function turningPoint(scores) {
  let total = 0;
  const sums = scores.map(score => total += score), last = sums.lastIndexOf(Math.max(...sums));
  return {sums, turn: last === sums.length - 1 ? null : last};
}

function sourcesOf(events, names) {
  const all = [...new Set(events.map(event => names[event.source] || event.source))];
  return `Sources: ${all.slice(0, 5).join("; ")}${all.length > 5 ? `; and ${all.length - 5} more (see the passport)` : ""}.` +
    " Scores: judgements of the authors of this package.";
}

/* A title between quotation marks, as Python prints it. */
const quoted = title => title.includes("'") && !title.includes('"') ? `"${title}"` : `'${title.replaceAll("'", "\\'")}'`;

DESKS.relations_desk = {
  memory: () => ({}),
  follow(name, view, data, yours) {
    if (name !== "event") return {};
    return {judgement: yours[view.event] ?? data.events.find(one => one.event === view.event).score};
  },
  chart(view, data, yours) {
    yours[view.event] = Math.round(view.judgement);
    const counted = data.events.filter(one => view.theme === "all" || one.theme === view.theme);
    const mine = one => yours[one.event] ?? one.score, changed = counted.filter(one => mine(one) !== one.score).length;
    const curves = [counted.map(one => one.score), counted.map(mine)].map(turningPoint);
    const turned = ({sums, turn}) => turn === null ? `the sum is highest at the end, ${sums[sums.length - 1]}: no turn`
      : `the sum is highest, ${sums[turn]}, after ${quoted(counted[turn].title)} (${counted[turn].words})`;
    let sentence = `By the judgements of this package (from -3 to +3, not measurements) ${turned(curves[0])}.`;
    if (changed) sentence += ` With ${changed === 1 ? "1 judgement" : `${changed} judgements`} changed by you ${turned(curves[1])}: ` +
      `the turning point ${curves[0].turn === curves[1].turn ? "stays" : "moves"}.`;
    const picked = data.events.find(one => one.event === view.event), place = counted.indexOf(picked);
    const judged = place < 0 ? "not counted in this curve" : `judged ${pointed(picked.score)} by this package` +
      (mine(picked) !== picked.score ? `, ${pointed(mine(picked))} by you` : "");
    sentence += ` Picked: ${quoted(picked.title)}, ${picked.words}, ${judged}.`;
    const looks = changed ? [{colour: PROMISE, shape: "o", dash: "11 5"}, {colour: GUESS, shape: "s"}] : [{colour: INK, shape: "o"}];
    const sums = curves.slice(0, looks.length).flatMap(curve => curve.sums), low = Math.min(0, ...sums), high = Math.max(0, ...sums), span = high - low || 1;
    const marks = [{band: [data.lit[0], data.lit[1] + 1], colour: "#e6e6e6"}, {line: [], colour: SOFT, width: 1}];
    looks.forEach((look, n) => {
      const line = counted.map((one, place) => [one.x, curves[n].sums[place]]);
      marks.push({line, steps: true, colour: look.colour, dash: look.dash}, ...line.map(where => ({at: where, ...look, size: 4})));
      if (curves[n].turn !== null) marks.push({at: line[curves[n].turn], shape: look.shape, colour: look.colour, size: 15, open: true});
    });
    const ends = [data.events[0].x, data.events[data.events.length - 1].x];
    marks[1].line = [[ends[0] - 0.5, 0], [ends[1] + 0.7, 0]];
    if (place >= 0) marks.push({line: [[picked.x, low], [picked.x, high + 0.1 * span]], colour: GUESS, width: 1.7, dash: "2 4"},
      {at: [picked.x, curves[curves.length - 1].sums[place]], shape: "D", colour: GUESS, size: 9});
    marks.push({at: [ends[0] - 0.3, low - 0.1 * span], words: `${picked.title}\n${judged}`, colour: GUESS});
    const which = view.theme === "all" ? "" : `, ${view.theme} only`;
    const title = `Relations${which}: judgements of ${counted.length} events, added up`;
    const names = ["judgements of this package", "your judgements"];
    return {title, sentence, source: sourcesOf(counted, data.names), rows: counted.map((one, n) => [one.date, one.score, mine(one), curves[0].sums[n], curves[1].sums[n]]),
      told: `${picked.told} ${pointed(picked.score)} by this package: ${picked.reason}.`,
      alt: `Line chart in steps. ${title}. ${looks.map((_, n) => `Sum of ${names[n]}: from ${curves[n].sums[0]} to ${curves[n].sums[counted.length - 1]}, highest ${Math.max(...curves[n].sums)}`).join(". ")}.`,
      picture: {height: 440, legend: looks.map((look, n) => [names[n], {...look, size: 5, lined: true}]).concat([["turning point", {shape: "o", colour: INK, size: 11, open: true}]]),
        panels: [{box: [80, 44, 1080, 400], x: [ends[0] - 0.5, ends[1] + 0.7], y: [low - 0.25 * span, high + 0.12 * span], marks}]}};
  },
};

const pointed = score => (score < 0 ? "" : "+") + score;

/* 08: judgements one by one, and the fall of their mean at candidate years */

const LEFT = "out";

DESKS.turning_desk = {
  memory: () => ({}),
  given: (view, data) => data.groups[view.leave_out].includes(view.event) ? LEFT : data.events.find(one => one.event === view.event).score,
  follow(name, view, data, yours) {
    return name === "counts" ? {} : {counts: yours[view.event] ?? this.given(view, data)};
  },
  chart(view, data, yours) {
    delete yours[view.event];
    if (view.counts !== this.given(view, data)) yours[view.event] = view.counts;
    const how = one => yours[one.event] ?? (data.groups[view.leave_out].includes(one.event) ? LEFT : one.score);
    const counted = data.events.filter(one => how(one) !== LEFT), year = one => Number(one.date.slice(0, 4));
    const mean = list => list.reduce((sum, one) => sum + how(one), 0) / list.length;
    const rows = data.years.map(cut => {
      const before = counted.filter(one => year(one) < cut), after = counted.filter(one => year(one) >= cut);
      return [cut, before.length, mean(before), after.length, mean(after), mean(before) - mean(after)];
    });
    const falls = rows.map(row => row[5]), most = Math.max(...falls), printed = falls.map(fall => tenth(fall));
    const largest = data.years.filter((_, n) => printed[n] === Math.max(...printed));
    const picked = data.events.find(one => one.event === view.event), out = how(picked) === LEFT;
    const sentence = `${counted.length} of ${data.events.length} events count. Their mean judgement falls most if one cuts at ` +
      `${largest.join(", ")}: ${fixed(most, 1)} points. Judgements, not measurements. Picked: ${picked.title}, ${picked.words}. ${picked.told} ` +
      `${out ? "It is left out" : `It counts as ${pointed(how(picked))}`}; the package's reason: ${picked.reason[0].toLowerCase()}${picked.reason.slice(1)}.`;
    const title = "Judgements of events, and the fall at each candidate year", across = [data.years[0] - 0.5, data.years[data.years.length - 1] + 1.1];
    const shown = data.events.filter(one => year(one) >= data.years[0] && year(one) <= data.years[data.years.length - 1]);
    const above = shown.flatMap(one => {
      const band = one === picked ? [{band: [one.x - 0.045, one.x + 0.045], colour: GUESS, faint: 0.25}] : [];
      if (how(one) === LEFT) return [...band, {at: [one.x, one.score], shape: "x", colour: OUT, size: 8}];
      return [...band, {line: [[one.x, 0], [one.x, how(one)]], width: 2.2}, {at: [one.x, how(one)], shape: "o", size: 7}];
    });
    above.push({line: [[across[0], 0], [across[1], 0]], colour: SOFT, width: 1.4});
    const below = rows.flatMap(row => {
      const colour = largest.includes(row[0]) ? SUN : OUT;
      return [{bar: [row[0], 0.55, 0, row[5]], colour, fill: colour, width: 0},
        {at: [row[0], Math.max(row[5], 0)], up: 12, anchor: "middle", words: fixed(row[5], 1), bold: true, colour: INK}];
    });
    const years = [];
    for (let y = data.years[0]; y <= data.years[data.years.length - 1]; y++) years.push([y, y]);
    return {title, sentence, source: sourcesOf(counted, data.names), rows,
      alt: `Two charts. ${title}. Above, ${counted.length} events, each a line up or down to its judgement; a bar each below. ${rows.map(row => `${row[0]}: ${fixed(row[5], 1)}`).join(", ")}.`,
      picture: {height: 480, legend: [["an event: up if judged good for the relations", {shape: "o", colour: INK}], ["left out", {shape: "x", colour: OUT}], ["picked", {shape: "s", colour: "#dac6e1", size: 9}]],
        panels: [{box: [80, 40, 1080, 230], x: across, y: [-3.6, 3.6], marks: above, base: false, acrosses: [], ups: [-3, -2, -1, 0, 1, 2, 3].map(n => [n, n ? pointed(n) : "0"])},
          {box: [80, 300, 1080, 430], x: across, y: [Math.min(0, ...falls), 1.35 * most], marks: below, ups: [], acrosses: years, name: "fall of the mean judgement, if one cuts at the year"}]}};
  },
};

/* Rounded to one decimal as numpy rounds. */
function tenth(value) {
  const parts = value * 10, low = Math.floor(parts);
  return (parts - low === 0.5 ? (low % 2 === 0 ? low : low + 1) : Math.round(parts)) / 10;
}

/* 02: a draft, clause by clause, and who would sign it */

DESKS.declaration_desk = {
  chart(view, data) {
    const clauses = Object.keys(data.clauses), own = Object.keys(data.names), {leader, followers} = data;
    const stance = (party, clause) => Object.keys(data.stances[party][clause]).find(kind =>
      data.stances[party][clause][kind].includes(view[clause])) || "accepts";
    const refused = party => clauses.filter(clause => stance(party, clause) === "refuses");
    const refusing = own.filter(party => refused(party).length), leads = !refused(leader).length;
    const signed = own.length - refusing.length + (leads ? followers : 0);
    const real = clauses.filter(clause => view[clause] === data.real[clause]).length;
    let sentence = `In this model ${signed} of ${own.length + followers} ruling parties sign.`;
    if (refusing.length) sentence += ` Refused by: ${refusing.map(party =>
      `${data.names[party]} (${refused(party).map(clause => data.clauses[clause].title.toLowerCase()).join(", ")})`).join("; ")}` +
      (leads ? "." : `; and the ${followers} that follow Moscow.`);
    sentence += ` ${real} of ${clauses.length} clauses are as in the real text.`;
    const kinds = {accepts: {shape: "o", colour: USA}, unwilling: {shape: "D", colour: CHN}, refuses: {shape: "x", colour: SUN}};
    const lines = [...own.map(party => [party, data.names[party], data.hollow[party]]), [leader, `${followers} others*`, clauses]];
    const marks = lines.flatMap(([party, , hollow], n) => [
      ...clauses.map((clause, place) => ({at: [place, n], ...kinds[stance(party, clause)], size: 13, hollow: hollow.includes(clause)})),
      {at: [clauses.length - 0.4, n], words: refused(party).length ? "refuses" : "signs", bold: true, colour: refused(party).length ? SUN : USA}]);
    clauses.forEach((clause, n) => {
      const same = view[clause] === data.real[clause];
      marks.push({at: [n, lines.length], words: same ? "yes" : "no", bold: same, anchor: "middle"},
        {at: [n, -0.9], words: data.clauses[clause].title, bold: true, anchor: "middle"});
    });
    marks.push({at: [clauses.length - 0.4, lines.length], words: `${real} of ${clauses.length}`, bold: true});
    const who = (clause, kind) => own.filter(party => stance(party, clause) === kind).map(party => data.names[party]).join(", ") || "nobody";
    return {title: data.title, sentence, source: data.source, told: data.note,
      rows: clauses.map(clause => [data.clauses[clause].title, data.clauses[clause].options[view[clause]],
        view[clause] === data.real[clause] ? "yes" : "no", who(clause, "refuses"), who(clause, "unwilling")]),
      alt: `Table of marks. ${data.title}. ${clauses.map(clause => `${data.clauses[clause].title}: ${data.clauses[clause].options[view[clause]]}. Refused by ${who(clause, "refuses")}.`).join(" ")}`,
      picture: {height: 400, legend: Object.entries(kinds).concat([["hollow: assumed", {shape: "o", colour: USA, hollow: true}]]).map(([words, look]) => [words, look]),
        panels: [{box: [230, 40, 960, 390], x: [-0.5, clauses.length - 0.5], y: [lines.length + 0.5, -1.4], marks, base: false, acrosses: [],
          ups: [...lines.map(([, name], n) => [n, name]), [lines.length, "As the real text"]]}]}};
  },
};

/* Any desk whose views were drawn beforehand. */

const keyOf = (desk, view) => desk.controls.map(one => view[one.key]).join(" ");

/* --- on the page --- */

function startDesks(lesson) {
  for (const [cell, desk] of Object.entries(lesson.desks || {})) {
    const place = document.querySelector(`.desk[data-cell="${cell}"]`);
    if (place) wireDesk(place, desk);
  }
}

function chartOf(desk, view, memory) {
  if (desk.views) return desk.views[keyOf(desk, view)];
  return DESKS[desk.kind].chart(view, desk.data, memory);
}

function pictureOf(desk, chart) {
  if (!desk.views) return drawn(chart);
  return {size: chart.size, inside: chart.drawn.map(n => desk.pieces[n]).join("")};
}

function wireDesk(place, desk) {
  const kind = DESKS[desk.kind] || {}, memory = kind.memory ? kind.memory() : null;
  const view = Object.fromEntries(desk.controls.map(one => [one.key, one.value]));
  const parts = name => place.querySelector(name);
  const set = {};
  let waiting = false;
  const redraw = () => {
    waiting = false;
    const chart = chartOf(desk, view, memory), {size, inside} = pictureOf(desk, chart);
    parts(".title").textContent = chart.title;
    parts("[role=status]").textContent = chart.sentence;
    parts(".source").textContent = chart.source;
    parts(".told").textContent = chart.told || "";
    parts(".picture").innerHTML = `<svg viewBox="0 0 ${size[0]} ${size[1]}" role="img" aria-label="${safe(chart.alt)}">` +
      '<defs><pattern id="hatched" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 9L9 0" stroke="#a96414" stroke-width="2"/></pattern></defs>' +
      `${inside}</svg>`;
  };
  const changed = name => {
    for (const [key, value] of Object.entries(kind.follow ? kind.follow(name, view, desk.data, memory) : {})) {
      view[key] = value;
      set[key](value);
    }
    if (desk.kind === "ladder_desk") set.steps(view.steps = withinLadder(desk, view, name));
    if (!waiting) { waiting = true; requestAnimationFrame(redraw); }
  };
  desk.controls.forEach(one => {
    const row = document.createElement("div");
    row.className = "control";
    const label = document.createElement("label");
    label.textContent = `${one.name} `;
    row.append(label);
    if (one.options) {
      const list = document.createElement("select");
      one.options.forEach(([words], n) => list.append(new Option(words, n)));
      set[one.key] = value => { list.value = one.options.findIndex(([, meant]) => meant === value); };
      list.addEventListener("change", () => { view[one.key] = one.options[list.value][1]; changed(one.key); });
      label.append(list);
    } else {
      const box = document.createElement("input"), slider = document.createElement("input");
      box.type = "number";
      slider.type = "range";
      slider.setAttribute("aria-label", `${one.name}, slider`);
      for (const input of [box, slider]) {
        Object.assign(input, {min: one.min, max: one.max, step: one.step});
        input.addEventListener("input", () => {
          const value = Number(input.value);
          if (input.value === "" || value < one.min || value > one.max) return;
          view[one.key] = value;
          (input === box ? slider : box).value = value;
          changed(one.key);
        });
      }
      set[one.key] = value => { box.value = slider.value = value; };
      label.append(box);
      row.append(slider);
    }
    set[one.key](one.value);
    parts(".controls").append(row);
  });
  place.hidden = false;
  const still = place.nextElementSibling;
  if (still && still.classList.contains("still")) still.classList.add("replaced");
  redraw();
}

/* The ladder of a year has so many steps and no more. */
function withinLadder(desk, view, name) {
  const steps = Object.keys(desk.views).filter(key => key.startsWith(`${view.year} `)).length;
  return name === "year" ? steps : Math.min(view.steps, steps);
}
