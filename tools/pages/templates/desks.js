/* The desks of the lessons: controls, and a picture that follows them, drawn as SVG from data.
   What is reckoned here is what the notebook's models and charts reckon, sentence for sentence; a test
   walks both through the same views (tests/pages/test_desks.py). */
"use strict";

const INK = "#222222", SOFT = "#888888", GUESS = "#6a1b8a", PROMISE = "#6f6f6f", CHN = "#a96414";
const SUN = "#98201a", USA = "#147baf", OUT = "#8a8a8a", BEGUN = 20.2;

/* --- drawing: a picture is 1100 wide; panels hold marks in the terms of their scales --- */

const safe = text => String(text).replace(/[&<>"]/g, c => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[c]);
const at = value => Math.round(value * 10) / 10;

function written(x, y, words, {anchor = "start", colour = INK, bold = false, size = BEGUN, ground = ""} = {}) {
  const lines = String(words).split("\n").map((line, n) =>
    `<tspan x="${at(x)}" dy="${n ? size * 1.2 : 0}">${safe(line)}</tspan>`).join("");
  return `<text x="${at(x)}" y="${at(y)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"` +
    `${bold ? ' font-weight="bold"' : ""}${ground ? ` stroke="${ground}" stroke-width="5" paint-order="stroke"` : ""}>${lines}</text>`;
}

const SHAPES = {
  o: r => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  s: r => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  D: r => `M0 ${-r * 1.2}L${r * 1.2} 0L0 ${r * 1.2}L${-r * 1.2} 0Z`,
  x: r => `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`,
  "^": r => `M${-r} ${r}L0 ${-r}L${r} ${r}Z`,
  X: r => `M${-r} ${-r / 2}L${-r / 2} ${-r}L0 ${-r / 2}L${r / 2} ${-r}L${r} ${-r / 2}L${r / 2} 0L${r} ${r / 2}` +
    `L${r / 2} ${r}L0 ${r / 2}L${-r / 2} ${r}L${-r} ${r / 2}L${-r / 2} 0Z`,
};

/* A hollow mark is unverified; an open one is a ring round something else. */
function marked(x, y, {shape = "o", colour = INK, edge = colour, size = 8, hollow = false, open = false}) {
  const fill = open || shape === "x" ? "none" : hollow ? "#ffffff" : colour;
  return `<path transform="translate(${at(x)} ${at(y)})" d="${SHAPES[shape](size * 0.7)}" stroke="${edge}"` +
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

/* A panel: box (left, top, right, bottom), x and y ([low, high]), ticks, marks in order. A line has a gap
   where a place is null; in a panel that is clipped no line leaves the box. */
function drawPanel(panel) {
  const [left, top, right, bottom] = panel.box;
  const X = v => left + (v - panel.x[0]) / (panel.x[1] - panel.x[0]) * (right - left);
  const Y = v => bottom - (v - panel.y[0]) / (panel.y[1] - panel.y[0]) * (bottom - top);
  const part = [];
  const clip = panel.clipped ? ' clip-path="url(#frame)"' : "";
  if (clip) part.push(`<clipPath id="frame"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>`);
  for (const [value, words, bold] of panel.ups || roundNumbers(...panel.y).map(v => [v, inWords(v)])) {
    if (panel.rules !== false) part.push(`<path d="M${left} ${at(Y(value))}H${right}" stroke="#dddddd"/>`);
    part.push(written(left - 8, Y(value) + 7, words, {anchor: "end", bold}));
  }
  for (const value of panel.uprights || []) part.push(`<path d="M${at(X(value))} ${top}V${bottom}" stroke="#dddddd"/>`);
  if (panel.base !== false) part.push(`<path d="M${left} ${bottom}H${right}" stroke="${SOFT}"/>`);
  for (const [value, words] of panel.acrosses || roundNumbers(...panel.x, 6, true).map(v => [v, String(v)]))
    part.push(written(X(value), bottom + 28, words, {anchor: "middle"}));
  if (panel.name) part.push(written(left, top - 14, panel.name, {bold: true}));
  if (panel.under) part.push(written((left + right) / 2, bottom + 56, panel.under, {anchor: "middle"}));
  for (const mark of panel.marks) {
    if (mark.line) {
      const d = mark.line.map((place, n) => {
        if (!place) return "";
        const [x, y] = place.map((value, way) => at((way ? Y : X)(value)));
        return mark.steps && n ? `H${x}V${y}` : `${n && mark.line[n - 1] ? "L" : "M"}${x} ${y}`;
      }).join("");
      part.push(`<path d="${d}" fill="none" stroke="${mark.colour || INK}" stroke-width="${mark.width || 3.3}"` +
        `${mark.dash ? ` stroke-dasharray="${mark.dash}"` : ""}${clip}/>`);
    } else if (mark.arrow) {
      const [[fromX, fromY], [x, y]] = mark.arrow.map(([across, up]) => [X(across), Y(up)]);
      const turned = Math.atan2(y - fromY, x - fromX) * 180 / Math.PI;
      part.push(`<path transform="translate(${at(x)} ${at(y)}) rotate(${at(turned)})" d="M0 0L-16 -7V7Z" fill="${mark.colour}"/>`);
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
    x += 46 + words.length * 11.8;
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
      told: safe(`${picked.told} ${pointed(picked.score)} by this package: ${picked.reason}.`),
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

/* 08: votes with a quotation to show, and those of a class */

DESKS.vote_desk = {
  chart(view, data) {
    const {title, years, votes, questions} = data, counts = Object.entries(view), ends = [years[0], years[years.length - 1]];
    const total = counts.reduce((sum, [, many]) => sum + many, 0), most = Math.max(...Object.values(view));
    const first = counts.filter(([, many]) => many === most).map(([year]) => year).join(", ");
    const dated = Object.keys(questions).map(question => [question, [...new Set(votes.filter(vote => vote[1] === question).map(([year]) => year))]]);
    const yours = !total ? "The class has not voted yet." : total === 1 ? `The class: 1 vote, for ${first}.`
      : `The class: ${total} votes, most of them (${most}) for ${first}.`;
    const sentence = `Votes with a quotation to show, ${votes.length}: ` +
      `${dated.filter(([, found]) => found.length).map(([question, found]) => `${question}: ${found.join(", ")}`).join("; ")}. ${yours}`;
    const height = 78 + 68 * years.length, up = [years.length - 0.4, -0.6], names = [], bars = [], widest = 1.25 * Math.max(most, 1);
    years.forEach((year, n) => {
      const here = votes.filter(vote => vote[0] === year);
      here.forEach(([, question, who], place) => {
        const spot = [0.04, n + 0.4 * (place - (here.length - 1) / 2)];
        names.push({at: spot, ...questions[question], size: 11}, {at: spot, right: 19, words: who});
      });
      if (year in view) bars.push({bar: [view[year] / 2, view[year], n - 0.3, n + 0.3], colour: GUESS, fill: GUESS, width: 0},
        {at: [view[year], n], right: 12, words: view[year], colour: GUESS, bold: true});
      for (const [marks, end] of n ? [[names, 1], [bars, widest]] : [])
        marks.push({line: [[0, n - 0.5], [end, n - 0.5]], colour: "#dddddd", width: 1.4});
    });
    bars.push({line: [[0, up[0]], [0, up[1]]], colour: GUESS, width: 2.8}, {at: [0, up[1]], up: 14, middle: false, words: "your class", colour: GUESS, bold: true});
    return {title, sentence, source: data.source, rows: votes,
      alt: `Chart of votes by year. ${title}. Scale up ${ends.join(" to ")}. ` +
        [...votes.map(([year, question, who]) => `${who}: ${question}, ${year}.`), ...counts.map(([year, many]) => `Your class, ${year}: ${many}.`)].join(" "),
      picture: {height: height + 10, legend: Object.entries(questions).map(([words, look]) => [words, {...look, size: 11}]), panels: [
        // The class stands first: on a phone it is seen without moving the picture.
        {box: [80, 78, 340, height], x: [0, widest], y: up, marks: bars, base: false, rules: false, acrosses: [], ups: years.map((year, n) => [n, year])},
        {box: [370, 78, 1080, height], x: [0, 1], y: up, marks: names, base: false, rules: false, acrosses: [], ups: []}]}};
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
    return {title: data.title, sentence, source: data.source, told: safe(data.note),
      rows: clauses.map(clause => [data.clauses[clause].title, data.clauses[clause].options[view[clause]],
        view[clause] === data.real[clause] ? "yes" : "no", who(clause, "refuses"), who(clause, "unwilling")]),
      alt: `Table of marks. ${data.title}. ${clauses.map(clause => `${data.clauses[clause].title}: ${data.clauses[clause].options[view[clause]]}. Refused by ${who(clause, "refuses")}.`).join(" ")}`,
      picture: {height: 400, legend: Object.entries(kinds).concat([["hollow: assumed", {shape: "o", colour: USA, hollow: true}]]).map(([words, look]) => [words, look]),
        panels: [{box: [230, 40, 960, 390], x: [-0.5, clauses.length - 0.5], y: [lines.length + 0.5, -1.4], marks, base: false, acrosses: [],
          ups: [...lines.map(([, name], n) => [n, name]), [lines.length, "As the real text"]]}]}};
  },
};

/* 03: two versions of a passage beside each other, and when each was said and printed */

DESKS.reading_desk = {
  chart(view, data) {
    const passage = data.passages[view.passage], {versions} = passage, chosen = [view.one, view.other];
    const [first, second] = chosen.map(name => versions.find(one => one.version === name));
    const pieces = data.beside[`${view.passage} ${chosen.join(" ")}`] || passage.sides.map((side, n) => (side ? second : first).pieces[n]);
    const marks = versions.flatMap(({version, dates: [said, printed, earlier]}, n) => {
      const colour = chosen.includes(version) ? INK : PROMISE, found = [{at: [said[0], n], shape: "s", colour, size: 7}];
      if (printed) found.unshift({line: [[said[0], n], [printed[0], n]], colour, width: 2.5});
      if (printed) found.push({at: [printed[0], n], colour, size: 10}, {at: [printed[0], n], right: 13, words: printed[1], colour});
      else found.push({at: [said[0], n], right: 20, words: "date of the print not shown", colour});
      if (earlier) found.push({at: [earlier[0], n], colour, hollow: true, size: 12}, {at: [earlier[0], n], up: 19, words: earlier[1], colour});
      return found;
    });
    const years = roundNumbers(passage.from, data.until, 10, true), legend = [["said", {shape: "s", colour: INK}], ["printed", {shape: "o", colour: INK}]];
    if (versions.some(({dates}) => dates[2])) legend.push(["earlier print, named and not read", {shape: "o", colour: INK, hollow: true, size: 11}]);
    const height = 36 + 40 * versions.length, names = versions.map(({version}, n) => [n, version.replaceAll("_", " "), chosen.includes(version)]);
    return {title: passage.title, sentence: `${first.told} ${second.told}`, source: passage.source, rows: versions.map(one => one.row),
      told: pieces.map(n => data.pieces[n]).join(""),
      alt: `A line for each version, from the day to the print. ${passage.title}. ${versions.map(({dates: [said, printed]}, n) =>
        `${names[n][1]}: said ${said[1]}, ${printed ? `printed ${printed[1]}` : "print without a date"}`).join("; ")}.`,
      picture: {height: height + 40, legend, panels: [{box: [260, 36, 1060, height], x: [passage.from, data.until], y: [versions.length - 0.45, -0.55],
        marks, ups: names, rules: false, acrosses: years.map(year => [year, year]), uprights: years}]}};
  },
};

/* 09: the claims of a page, your rulings on them, and those of the package */

DESKS.ruling_desk = {
  memory: () => ({}),
  follow(name, view, data, ruled, controls) {
    if (name === "topic") {
      const offered = controls.find(one => one.key === "claim").options.map(([, claim]) => claim);
      view.claim = offered.find(claim => !ruled[claim]) || offered[0];
    }
    if (name === "commit" && view.commit && view.ruling) ruled[view.claim] ??= view.ruling;
    const made = ruled[view.claim];
    if (name === "commit") return {commit: Boolean(made)};
    return name === "topic" || name === "claim" ? {evidence: Boolean(made), ruling: made || "", commit: Boolean(made)} : {};
  },
  locked: (view, ruled) => ruled[view.claim] ? ["ruling", "commit"] : [],
  chart(view, data, ruled) {
    const {claims, rulings} = data, topics = Object.keys(data.topics), names = Object.keys(claims), claim = claims[view.claim];
    const words = name => rulings[name].words, made = ruled[view.claim], ruledOn = names.filter(name => ruled[name]);
    const alike = list => list.filter(name => ruled[name] === claims[name].verdict).length;
    let sentence = `On trial is claim ${view.claim} (${claim.kind}): ${claim.words}`;
    if (made) sentence = `Claim ${view.claim}. Your ruling: ${words(made)}. The package's ruling: ${words(claim.verdict)}.`;
    else if (view.ruling) sentence = `Claim ${view.claim}. You lean to: ${words(view.ruling)}. Not committed yet.`;
    sentence += ruledOn.length ? ` Ruled on ${ruledOn.length} of ${names.length} claims, alike on ${alike(ruledOn)}.`
      : ` You have ruled on none of the ${names.length} claims.`;
    const longest = Math.max(...topics.map(topic => names.filter(name => claims[name].topic === topic).length)), marks = [];
    topics.forEach((topic, n) => {
      const here = names.filter(name => claims[name].topic === topic), done = here.filter(name => ruled[name]);
      here.forEach((name, x) => {
        const one = claims[name], leaning = name === view.claim && !ruled[name] ? view.ruling : "", number = {words: one.number, anchor: "middle"};
        if (name === view.claim) marks.push({bar: [x, 0.92, n - 0.47, n + 0.47], colour: INK, fill: "#f1ece2"});
        if (ruled[name]) marks.push({at: [x, n - 0.33], ...rulings[ruled[name]].look, size: 9}, {at: [x, n + 0.33], ...rulings[one.verdict].look, size: 9},
          {at: [x, n], words: ruled[name] === one.verdict ? "=" : "≠", anchor: "middle", bold: true});
        else if (leaning) marks.push({at: [x, n - 0.33], ...rulings[leaning].look, hollow: true, size: 9}, {at: [x, n + 0.25], ...number});
        else marks.push({at: [x, n], ...number, colour: "#666666"});
      });
      if (done.length) marks.push({at: [longest - 0.4, n], right: 10, words: `${alike(done)} of ${done.length} alike`});
      if (n) marks.unshift({line: [[-0.6, n - 0.5], [longest - 0.4, n - 0.5]], colour: "#e4e4e4", width: 1.4});
    });
    const height = 44 + 76 * topics.length;
    return {title: data.title, sentence, source: claim.source, told: claim.card + (view.evidence ? claim.evidence : ""),
      rows: ruledOn.map(name => [name, claims[name].topic, words(ruled[name]), words(claims[name].verdict)]),
      alt: `Chart of all claims in rows by topic, ${claim.number} framed. ${topics.map(topic => {
        const here = names.filter(name => claims[name].topic === topic);
        return `${data.topics[topic]}: ${here.filter(name => ruled[name]).length} of ${here.length} ruled on`;
      }).join("; ")}.`,
      picture: {height: height + 10, legend: Object.values(rulings).map(({words, look}) => [words, {...look, size: 10}]),
        panels: [{box: [160, 44, 920, height], x: [-0.6, longest - 0.4], y: [topics.length - 0.45, -0.55], marks, base: false, rules: false,
          acrosses: [], ups: topics.map((topic, n) => [n, data.topics[topic]])}]}};
  },
};

/* 04: an orbit, its track over the turning Earth, and when a place could see the satellite */

const GRAVITY = 398600.44, RADIUS = 6378, FLATTENING = 0.00108263, STAR_DAY = 1436.068, DAY_MIN = 1440, LOWEST = 100;
const WEEKS = 3, TURNS = 3, CLIMB = 10, DARK = -6, HIGH_ENOUGH = 10, YOURS = "your place";
const radians = degrees => degrees * Math.PI / 180, degrees = angle => angle * 180 / Math.PI;
const clipped = cosine => Math.min(1, Math.max(-1, cosine)), shortest = value => String(Number(value.toPrecision(6)));
const wrapped = angle => ((angle + 180) % 360 + 360) % 360 - 180;

/* What the models of orbit and sight know of one flight; each of its functions takes minutes since the launch. */
function flight(lowest, highest, tilt, [startNorth, startEast]) {
  if (!(LOWEST <= lowest && lowest <= highest)) throw new NoOrbit(`Lowest height ${shortest(lowest)} km, highest ${shortest(highest)} km: ` +
    `the lowest comes first, and below ${shortest(LOWEST)} km the air ends the flight at once.`);
  if (!(Math.abs(startNorth) <= tilt && tilt <= 90)) throw new NoOrbit(`A tilt of ${shortest(tilt)} degrees is not possible: launched at ` +
    `${fixed(Math.abs(startNorth), 0)} degrees of latitude, the orbit is tilted by at least as much, and by 90 at most.`);
  const distance = RADIUS + (lowest + highest) / 2, period = 2 * Math.PI * Math.sqrt(distance ** 3 / GRAVITY) / 60;
  const flatness = (highest - lowest) / 2 / distance, shape = (RADIUS / (distance * (1 - flatness ** 2))) ** 2;
  const lean = radians(tilt), begin = Math.asin(Math.sin(radians(startNorth)) / Math.sin(lean));
  const drift = -1.5 * FLATTENING * shape * Math.cos(lean) * 360 * (DAY_MIN / period);
  const begun = degrees(Math.atan2(Math.cos(lean) * Math.sin(begin), Math.cos(begin)));
  return {
    period, height: distance - RADIUS,
    speed: height => Math.sqrt(GRAVITY * (2 / (RADIUS + height) - 1 / distance)),
    heightAt: minutes => distance * (1 - flatness ** 2) / (1 + flatness * Math.cos(2 * Math.PI * minutes / period)) - RADIUS,
    over(minutes) {
      const angle = begin + 2 * Math.PI * minutes / period;
      const along = degrees(Math.atan2(Math.cos(lean) * Math.sin(angle), Math.cos(angle))) - begun;
      return [degrees(Math.asin(Math.sin(lean) * Math.sin(angle))), wrapped(startEast + along - 360 * minutes / STAR_DAY + drift * minutes / DAY_MIN)];
    },
  };
}

class NoOrbit extends Error {}

function angleBetween([north, east], [otherNorth, otherEast]) {
  const one = radians(north), other = radians(otherNorth);
  return degrees(Math.acos(clipped(Math.sin(one) * Math.sin(other) + Math.cos(one) * Math.cos(other) * Math.cos(radians(east - otherEast)))));
}

/* How far round the Earth a satellite is seen that stands so many degrees above the horizon. */
function horizon(height, above = 0) {
  const low = radians(above), far = Math.acos(RADIUS * Math.cos(low) / (RADIUS + height)) - low;
  return Math.abs(Math.round(degrees(far) * 1e9) / 1e9);
}

function sunHeight(day, [north, east]) {
  const year = 2 * Math.PI * (day - 80) / 365.25, place = radians(north);
  const tilted = radians(23.44) * Math.sin(year - 0.033 + 0.033 * Math.cos(year + 1.3));
  const late = 9.87 * Math.sin(2 * year) - 7.53 * Math.cos(year) - 1.5 * Math.sin(year);
  const hour = radians((day % 1) * 360 - 180 + east + late / 4);
  return degrees(Math.asin(Math.sin(place) * Math.sin(tilted) + Math.cos(place) * Math.cos(tilted) * Math.cos(hour)));
}

/* The minutes at which a place first has the satellite above the horizon, and first can see it; null for never. */
function firstSights(orbit, place, day) {
  let above = null;
  for (let minute = CLIMB; minute < WEEKS * 7 * DAY_MIN; minute++) {
    const height = orbit.heightAt(minute), reach = horizon(height), under = orbit.over(minute), far = angleBetween(under, place);
    if (far >= reach) continue;
    above ??= minute;
    const now = day + minute / DAY_MIN;
    if (far < horizon(height, HIGH_ENOUGH) && sunHeight(now, under) > -reach && sunHeight(now, place) < DARK) return [above, minute];
  }
  return [above, null];
}

const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const two = number => String(number).padStart(2, "0"), clock = when => `${two(when.getUTCHours())}:${two(when.getUTCMinutes())}`;
const later = (start, minutes) => new Date(start.getTime() + minutes * 60000);

function moment(start, minutes) {
  const when = later(start, minutes);
  return `on ${when.getUTCDate()} ${MONTH_NAMES[when.getUTCMonth()]} ${when.getUTCFullYear()} at ${clock(when)} UTC`;
}

function coordinates(place) {
  const [north, east] = place.map(number => Number(fixed(number, 1)));
  return `${shortest(Math.abs(north))} ${north >= 0 ? "N" : "S"}, ${shortest(Math.abs(east))} ${east >= 0 ? "E" : "W"}`;
}

/* Places on a map, with a gap where a line leaves it at one side. */
const withGaps = places => places.map((place, n) => n && Math.abs(place[0] - places[n - 1][0]) > 180 ? null : place);

/* The ring inside which a satellite is above the horizon of a place. */
function ringRound([north, east], reach) {
  const here = radians(north), far = radians(reach), found = [];
  for (let turn = 0; turn <= 360; turn += 3) {
    const up = Math.asin(Math.sin(here) * Math.cos(far) + Math.cos(here) * Math.sin(far) * Math.cos(radians(turn)));
    const side = Math.atan2(Math.sin(radians(turn)) * Math.sin(far) * Math.cos(here), Math.cos(far) - Math.sin(here) * Math.sin(up));
    found.push([wrapped(east + degrees(side)), degrees(up)]);
  }
  return withGaps(found);
}

DESKS.orbit_desk = {
  follow(name, view, data) {
    const place = name === "spot" && data.places[view.spot];
    return place ? {north: place[0], east: place[1]} : {};
  },
  chart(view, data) {
    const {low, high, lean, which} = view, where = [view.north, view.east], launched = data.launched[which];
    const real = data.places[view.spot], name = real && real[0] === where[0] && real[1] === where[1] ? view.spot : YOURS;
    let orbit;
    try { orbit = flight(low, high, lean, data.from); } catch (slip) {
      if (!(slip instanceof NoOrbit)) throw slip;
      return {title: "", sentence: slip.message, source: "", rows: []};
    }
    const start = new Date(launched.start), day = (start - Date.UTC(start.getUTCFullYear(), 0, 1)) / 86400000;
    const [fast, slow] = [low, high].map(height => fixed(orbit.speed(height), 1)), title = `${which} over the map: the first ${TURNS} turns (a model)`;
    let sentence = `${which}, ${inWords(low)} to ${inWords(high)} km high, tilted by ${shortest(lean)} degrees: one turn takes ` +
      `${fixed(orbit.period, 1)} minutes, at ${fast === slow ? fast : `${slow} to ${fast}`} km a second.`;
    const [above, seen] = firstSights(orbit, where, day), told = name === YOURS ? `${name} (${coordinates(where)})` : name;
    if (above === null) sentence += ` In ${WEEKS} weeks it never comes above the horizon of ${told}.`;
    else {
      sentence += ` In the model it first comes above the horizon of ${told} ${moment(start, above)}`;
      sentence += seen === null ? `; in ${WEEKS} weeks never in a dark sky while the satellite is in sunlight.`
        : seen === above ? ", and can be seen there at once: dark sky, satellite in sunlight." : `; it can first be seen there ${moment(start, seen)}.`;
    }
    const minutes = Math.floor(TURNS * orbit.period), path = [], turn = Math.floor(minutes / TURNS), rows = [];
    for (let minute = 0; minute < minutes; minute++) {
      const [north, east] = orbit.over(minute), when = later(start, minute);
      path.push([east, north]);
      if (minute % 5 === 0) rows.push([minute, `${two(when.getUTCDate())} ${MONTH_NAMES[when.getUTCMonth()].slice(0, 3)} ${clock(when)}`, tenth(north), tenth(east)]);
    }
    const marks = [{line: data.coast, colour: "#9a9a9a", width: 1.4}, {line: [[-180, 0], [180, 0]], colour: "#cccccc", width: 1.4}];
    const shown = withGaps(path), waves = [];
    for (let n = 0; n < TURNS; n++) {
      const part = path.slice(n * turn, (n + 1) * turn + 1).map(([, north]) => north);
      waves.push(`Turn ${n + 1}, a wave between ${fixed(-Math.min(...part), 0)} degrees south and ${fixed(Math.max(...part), 0)} north`);
      marks.push({line: shown.slice(n * turn, (n + 1) * turn + 1), colour: SUN, dash: ["", "12 6", "3 5"][n], width: 3.3});
      let at = n * turn + Math.floor(turn / 3);
      while (shown.slice(at - 5, at + 4).includes(null)) at += 4;
      marks.push({arrow: [path[at], path[at + 2]], colour: SUN}, {at: path[at - 4], colour: SUN, hollow: true, size: 20},
        {at: path[at - 4], words: n + 1, anchor: "middle", bold: true, colour: SUN});
    }
    const edge = where[1] > 150 ? "end" : where[1] < -150 ? "start" : "middle", [launch] = path;
    marks.push({at: launch, colour: SUN, size: 9}, {at: [launch[0] + 4, launch[1] - 4], words: "launch", bold: true, colour: SUN},
      {line: ringRound(where, horizon(orbit.height)), colour: USA, width: 2.5}, {at: [where[1], where[0]], shape: "s", size: 9},
      {at: [where[1], where[0] - 7], words: name, bold: true, anchor: edge, ground: "#ffffff"});
    const spelt = (value, [below, over]) => [value, value ? `${Math.abs(value)} ${value < 0 ? below : over}` : "0"];
    return {title, sentence, source: launched.source, rows, alt: `World map. ${title}. ${waves.join(". ")}. A square: ${name}. A ring round it, inside which the satellite is above the horizon.`,
      picture: {height: 490, panels: [{box: [72, 12, 1080, 454], x: [-180, 180], y: [-75, 85], marks, clipped: true, rules: false,
        acrosses: [-120, -60, 0, 60, 120].map(value => spelt(value, "WE")), ups: [-60, -30, 0, 30, 60].map(value => spelt(value, "SN"))}]}};
  },
};

/* Any desk whose views were drawn beforehand. */

const keyOf = (desk, view) => desk.controls.map(one => view[one.key]).join(" ");

/* --- on the page --- */

/* Start the desks as they were left; `keep` is handed a cell and what is set there. */
function startDesks(lesson, kept, keep) {
  for (const [cell, desk] of Object.entries(lesson.desks || {})) {
    const place = document.querySelector(`.desk[data-cell="${cell}"]`);
    if (!place) continue;
    const untouched = place.cloneNode(true), keepIt = state => keep(cell, state);
    try { wireDesk(place, structuredClone(desk), kept?.[cell], keepIt); } catch {
      // What was kept is of another edition of the page, or half: the desk begins anew.
      place.replaceWith(untouched);
      wireDesk(untouched, desk, null, keepIt);
    }
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

/* A desk as it is first seen: what is set, and what it remembers. */
const begun = desk => ({view: Object.fromEntries(desk.controls.map(one => [one.key, one.value])), memory: DESKS[desk.kind]?.memory?.() ?? null});

/* Set one control of a desk, and all that follow it. */
function turn(desk, {view, memory}, key, value) {
  const control = name => desk.controls.find(one => one.key === name);
  view[key] = value;
  for (const [name, state] of Object.entries(control(key).leads?.[value] ?? {})) {
    Object.assign(control(name), state);
    view[name] = state.value;
  }
  Object.assign(view, DESKS[desk.kind]?.follow?.(key, view, desk.data, memory, desk.controls));
}

/* Set a desk as it was kept, control by control; what a list no longer offers stays as it is. */
function setAsKept(desk, state, kept) {
  Object.assign(state.memory ?? {}, kept.memory);
  for (const one of desk.controls) {
    const value = kept.view[one.key];
    const fits = one.options ? one.options.some(([, meant]) => meant === value)
      : typeof value === typeof one.value && (typeof value === "boolean" || one.min <= value && value <= one.max);
    if (fits) turn(desk, state, one.key, value);
  }
}

function wireDesk(place, desk, kept, keep) {
  const parts = name => place.querySelector(name), shows = [];
  const state = begun(desk);
  let waiting = false;
  const redraw = () => {
    waiting = false;
    const chart = chartOf(desk, state.view, state.memory), {size, inside} = chart.picture || desk.views ? pictureOf(desk, chart) : {size: null};
    parts(".title").textContent = chart.title;
    if (parts("[role=status]").textContent !== chart.sentence) parts("[role=status]").textContent = chart.sentence;
    parts(".source").textContent = chart.source;
    tell(parts(".told"), chart.told || "");
    parts(".picture").hidden = !size;
    if (size) parts(".picture").innerHTML = `<svg viewBox="0 0 ${size[0]} ${size[1]}" role="img" aria-label="${safe(chart.alt)}">` +
      '<defs><pattern id="hatched" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 9L9 0" stroke="#a96414" stroke-width="2"/></pattern></defs>' +
      `${inside}</svg>`;
    shows.forEach(show => show());
  };
  const changed = (key, value) => {
    turn(desk, state, key, value);
    if (!waiting) { waiting = true; requestAnimationFrame(() => { redraw(); keep(state); }); }
  };
  for (const one of desk.controls) {
    const row = document.createElement("div");
    row.className = "control";
    parts(".controls").append(row);
    shows.push(controlFor(row, one, value => changed(one.key, value), () => ({value: state.view[one.key],
      locked: DESKS[desk.kind]?.locked?.(state.view, state.memory).includes(one.key)})));
    if (one.told) parts(".controls").append(parts(".told"));
  }
  place.hidden = false;
  const still = place.nextElementSibling;
  if (still && still.classList.contains("still")) still.classList.add("replaced");
  if (kept) setAsKept(desk, state, kept);
  redraw();
}

/* Show what stands between the controls and the picture; on a phone each cell of a table names its column. */
function tell(part, html) {
  if (part.told === html) return;
  part.innerHTML = part.told = html;
  for (const table of part.querySelectorAll("table")) {
    const heads = [...table.querySelectorAll("thead th")].map(head => head.textContent);
    for (const row of table.querySelectorAll("tbody tr")) [...row.cells].slice(1).forEach((cell, n) => { cell.dataset.column = heads[n + 1]; });
  }
}

const MOST_STEPS = 1000, MOST_COUNTED = 100;

/* Build one control: a list, a box to tick, or a number with its slider. Returns what shows its state anew. */
function controlFor(row, one, changed, state) {
  const label = document.createElement("label");
  row.append(label);
  if (one.options) {
    const list = document.createElement("select");
    let offered;
    label.append(`${one.name} `, list);
    list.addEventListener("change", () => changed(one.options[list.value][1]));
    return () => {
      const {value, locked} = state();
      if (offered !== one.options) list.replaceChildren(...one.options.map(([words], n) => new Option(words, n)));
      offered = one.options;
      list.value = one.options.findIndex(([, meant]) => meant === value);
      list.disabled = Boolean(locked);
    };
  }
  const box = document.createElement("input");
  if (typeof one.value === "boolean") {
    box.type = "checkbox";
    label.append(box, ` ${one.name}`);
    box.addEventListener("change", () => changed(box.checked));
    return () => {
      const {value, locked} = state();
      box.checked = value;
      box.disabled = Boolean(locked);
    };
  }
  const slider = document.createElement("input"), inputs = [box];
  box.type = "number";
  // Where a slider would be finer than a finger, the number alone is better; what is counted must be met exactly.
  if ((one.max - one.min) / one.step <= (one.whole ? MOST_COUNTED : MOST_STEPS)) {
    inputs.push(slider);
    row.append(slider);
  }
  slider.type = "range";
  slider.setAttribute("aria-label", `${one.name}, slider`);
  label.append(`${one.name} `, box);
  const read = input => one.whole ? Math.trunc(input.value) : Number(input.value);
  // A picture may be drawn later than the next key is pressed: what is being typed is never written over.
  let shown;
  const takeUp = value => { changed(value); shown = state().value; };
  for (const input of inputs) input.addEventListener("input", () => {
    const value = read(input);
    if (input.value !== "" && value >= one.min && value <= one.max) (input === box ? takeUp : changed)(value);
  });
  // A box that is left shows what counts: a number beyond an end becomes that end, as in the notebook.
  box.addEventListener("change", () => {
    if (box.value !== "") takeUp(Math.min(one.max, Math.max(one.min, read(box))));
    box.value = state().value;
  });
  return () => {
    const {value} = state();
    for (const input of inputs) {
      Object.assign(input, {min: one.min, max: one.max, step: one.step});
      if (input === box ? value !== shown : Number(input.value) !== value) input.value = value;
    }
    shown = value;
  };
}
