"""What holds for every notebook: each rule takes a Lesson and yields what breaks it.

`EVERYWHERE` holds for all notebooks, `IN_LESSONS` for all but 00_start_here.
"""

import ast
import html.parser
import io
import json
import re
import tokenize

import nbformat
import two_winds
from classwork.lint.leaks import NUMBER
from classwork.practice.check import SHORT_TON
from lesson_minutes import MOST_MINUTES, first_hour_minutes
from lessons import (
    PARTS,
    PICTURE,
    ROOT,
    exercises_of,
    html_of,
    kinds,
    tags_of,
    text_of,
    without_code,
)
from two_winds import load

EVERYWHERE, IN_LESSONS = [], []

HEADER = ["# ", "**Question.**", "**Goals.**", "**Minutes.** 50", "**Know first.**", "**Words.**"]
MOST_PICTURES, EXERCISES, EXIT_QUESTIONS = 4, 4, 3
LINES, SHORT = 10, 2
# What code of the first hour is made of: names, calls, sums. Lesson 00 teaches these.
TAUGHT = (
    ast.Assign, ast.Name, ast.Constant, ast.Call, ast.BinOp, ast.UnaryOp, ast.USub, ast.List,
    ast.keyword, ast.Expr, ast.Module, ast.expr_context, ast.operator, ast.Tuple,
)  # fmt: skip
MEGABYTE = 1_000_000
MACHINE = re.compile(r"(?<![\w.:/])(/(home|Users|root|work|tmp|mnt|var)/|[A-Za-z]:\\+\w)")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?")
AMERICAN = re.compile(
    r"\b(?i:colors?|colored|labor|labors|centers?|centered|(?:kilo|centi|milli)?meters?|liters?"
    r"|percent|toward|favor\w*|honor(?:s|ed|able)?|harbors?|neighbor\w*|behaviors?|defense|offense"
    r"|plow\w*|gray|fulfill|skillful|travel(?:ed|ing|er)s?|catalogs?|label(?:ed|ing)|model(?:ed|ing)"
    r"|analyz\w+)\b"
    # In capitals it may be the name of an office, which keeps its own spelling.
    r"|\b(?!\w*(?:siz|priz|seiz|maiz))[a-z]+iz(?:e[ds]?|ing|ations?)\b"
    r"|(?<!computer )\bprograms?\b"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Numbers that no table holds and that are still right, each with its reason.
KNOWN_NUMBERS = {
    100: "the whole, in per cent",
    50: "the minutes of a lesson",
    0.05: "how a fraction is written: 0.05 is 5 per cent",
    SHORT_TON: "a short ton in tonnes, by definition",
}


def everywhere(rule):
    """Note a rule for every notebook."""
    EVERYWHERE.append(rule)
    return rule


def in_lessons(rule):
    """Note a rule for the lessons alone."""
    IN_LESSONS.append(rule)
    return rule


def in_order(wanted, found):
    """Tell whether all that is wanted is found, in this order, perhaps with more between."""
    rest = iter(found)
    return all(item in rest for item in wanted)


def headings(lesson):
    """Yield (cell, level, words) of every Markdown heading."""
    for cell in lesson.markdown:
        for line in without_code_blocks(cell.source).splitlines():
            if match := re.match(r"(#+) +(.*)", line):
                yield cell, len(match[1]), match[2]


def without_code_blocks(text):
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def strings(value):
    """Yield every string of a notebook, keys left out, pictures left out."""
    if isinstance(value, str):
        yield PICTURE.sub("", value)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def calls(cell):
    """Return (name, arguments) of the plain calls in a code cell."""
    nodes = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    return [(node.func.id, node) for node in nodes if isinstance(node.func, ast.Name)]


def called(cell):
    return {name for name, _ in calls(cell)}


def literals(cell):
    nodes = ast.walk(ast.parse(cell.source))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


# --- the anatomy of a lesson ---


@in_lessons
def the_header_is_whole(lesson):
    first = lesson.cells[0]
    lines = [line for line in first.source.splitlines() if line]
    starts = [next((h for h in HEADER if line.startswith(h)), "") for line in lines]
    if not in_order(HEADER, starts):
        yield f"{first.id}: wants, in this order, {HEADER}"
    if not lines[0].startswith(f"# {lesson.name[:2]} "):
        yield f"{first.id}: the title does not begin with the lesson's number"


@in_lessons
def the_header_has_three_or_four_goals(lesson):
    text = lesson.cells[0].source.partition("**Goals.**")[2].partition("**Minutes.**")[0]
    goals = re.findall(r"^- .+$", text, re.MULTILINE)
    if not 3 <= len(goals) <= 4:
        yield f"{len(goals)} goals"


@in_lessons
def the_words_come_in_a_table_of_three_languages(lesson):
    table = lesson.cells[0].source.partition("**Words.**")[2].strip().splitlines()
    if not 5 <= len(table) <= 8 or not re.fullmatch(r"\| English \|.*\| Meaning \|", table[0]):
        yield "under **Words.** wants a table from English to Meaning with three to six words"
    elif not all(name in table[0] for name in ("Русский", "中文")):
        yield "the words want a Russian and a Chinese column"


@in_lessons
def the_parts_come_in_their_order(lesson):
    openings = [(part_of(cell), cell) for cell in lesson.cells if part_of(cell)]
    found = [part for part, _ in openings]
    if found[: len(PARTS)] != PARTS:
        yield f"parts are {found}; wanted first are {PARTS}, each a tag such as part:predict"
    for part, cell in openings:
        head = "# " if part == "header" else "## "
        if cell.cell_type != "markdown" or not cell.source.startswith(head):
            yield f"{cell.id}: the part does not open with a heading, so it cannot be dropped"


def part_of(cell):
    """Return the part that a cell opens, or ""."""
    tags = [tag for tag in cell.metadata.get("tags", []) if tag.startswith("part:")]
    return tags[0].removeprefix("part:") if tags else ""


@in_lessons
def the_sources_are_met_by_their_short_passport(lesson):
    found = [c for c in lesson.part("source") if c in lesson.code and "passport" in called(c)]
    if not found:
        yield "the part on sources shows no passport"
    for cell in found:
        if "short=True" not in cell.source:
            yield f"{cell.id}: the first hour wants passport(..., short=True)"


@in_lessons
def a_guess_comes_before_its_chart(lesson):
    code = [cell for cell in lesson.code if not kinds(cell)]
    guesses = [c for c in lesson.part("predict") if c in code and "predict" in called(c)]
    if not guesses:
        yield "the part that predicts asks for no guess: no predict(...)"
        return
    place = code.index(guesses[0])
    name = ast.unparse(ast.parse(guesses[0].source).body[-1])
    if not any(f"{name}.value" in c.source and "show" in called(c) for c in code[place:]):
        yield f"{guesses[0].id}: no chart takes up the guess with {name}.value"
    for cell in code[:place]:
        if "<img" in html_of(cell):
            yield f"{cell.id} shows a picture before the guess"


@in_lessons
def the_first_hour_has_at_most_four_pictures(lesson):
    cells = [c for c in lesson.first_hour if c not in lesson.part("predict")]
    cells = [cell for cell in cells if cell not in lesson.part("investigate")]
    pictures = sum(html_of(cell).count("<img") for cell in cells)
    if not 1 <= pictures <= MOST_PICTURES:
        yield f"{pictures} pictures beside the desk"


def desk_names():
    """Return the names of the desks that a lesson can import."""
    return {n for n, home in homes().items() if ".widgets." in home and n != "predict"}


def homes():
    """Return the module that each public helper comes from, by its name."""
    return {name: getattr(two_winds, name).__module__ for name in two_winds.__all__}


@in_lessons
def the_desk_is_seen_once(lesson):
    part = [cell for cell in lesson.part("investigate") if cell in lesson.code]
    desks = [cell for cell in part if called(cell) & desk_names()]
    if len(desks) != 1:
        yield f"{len(desks)} desks in the part that investigates; there are {desk_names()}"
    for desk in desks:
        if "<img" not in html_of(desk) and "<table" not in html_of(desk):
            yield f"{desk.id}: nothing is saved of it, so nothing is seen without widgets"
        if any(text_of(c) == text_of(desk) for c in part if c is not desk):
            yield f"{desk.id}: is followed by the same picture once more"


@in_lessons
def one_document_is_read(lesson):
    code = [c for c in lesson.part("read") if c in lesson.code]
    read = [node for c in code for name, node in calls(c) if name == "document"]
    if len(read) != 1:
        yield f"{len(read)} documents in the part that reads; the first hour reads one"


@in_lessons
def the_first_hour_has_four_exercises_and_three_at_the_exit(lesson):
    if len(exercises_of(lesson.part("exercises"))) != EXERCISES:
        yield f"{len(exercises_of(lesson.part('exercises')))} exercises"
    if len(exercises_of(lesson.part("exit"))) != EXIT_QUESTIONS:
        yield f"{len(exercises_of(lesson.part('exit')))} questions in the exit ticket"


@in_lessons
def the_first_hour_needs_no_code_that_was_not_taught(lesson):
    names = {cell.metadata["tags"][0].split(":")[1] for cell in exercises_of(lesson.first_hour)}
    for exercise in lesson.exercises:
        tree = ast.parse(exercise.solution.partition("\nmistakes")[0])
        foreign = {type(n).__name__ for n in ast.walk(tree) if not isinstance(n, TAUGHT)}
        if (
            exercise.name in names
            and not exercise.free_text
            and (foreign or len(tree.body) > SHORT)
        ):
            yield f"solution of {exercise.name}: needs {sorted(foreign)}"
    for cell in lesson.first_hour:
        if cell.cell_type == "code" and "check" not in kinds(cell):
            foreign = {type(n).__name__ for n in ast.walk(ast.parse(cell.source)) if is_foreign(n)}
            if foreign:
                yield f"{cell.id}: {sorted(foreign)} was not taught"
        own = cell.cell_type == "code" and not kinds(cell) - {"self-study"}
        lines = len(cell.source.splitlines()) if own else 0
        if lines > SHORT and "import" not in cell.source:
            yield f"{cell.id}: {lines} lines of code in the first hour"


def is_foreign(node):
    """Tell whether a piece of code is more than lesson 00 teaches, imports and a guess's value."""
    known = (*TAUGHT, ast.ImportFrom, ast.alias)
    is_guess = isinstance(node, ast.Attribute) and node.attr == "value"
    return not isinstance(node, known) and not is_guess


@in_lessons
def letters_are_spread(lesson):
    letters = [e.solution.strip()[-2] for e in lesson.exercises if is_letter(e.solution)]
    for letter in set(letters):
        if len(letters) > 3 and letters.count(letter) > 0.4 * len(letters):
            yield f"{letter!r} is right in {letters.count(letter)} of {len(letters)} questions"


def is_letter(solution):
    return bool(re.search(r"""= ["'][a-f]["']\s*$""", solution.strip()))


@in_lessons
def the_right_choice_is_not_the_longest(lesson):
    tasks = {cell.id: cell.source for cell in lesson.markdown}
    longest, asked = 0, 0
    for exercise in lesson.exercises:
        tag = f"exercise:{exercise.name}:{exercise.points}"
        place = next(i for i, c in enumerate(lesson.cells) if tag in tags_of(c))
        text = next(c.source for c in reversed(lesson.cells[:place]) if c.id in tasks)
        options = dict(re.findall(r"^\W*([a-f])\W+(\w.*)$", text, re.MULTILINE))
        if is_letter(exercise.solution) and len(options) > 1:
            asked += 1
            longest += max(options, key=lambda k: len(options[k])) == exercise.solution.strip()[-2]
    if asked >= 3 and longest * 2 > asked:
        yield f"the longest choice is the right one in {longest} of {asked} questions"


@in_lessons
def historians_disagree_and_the_student_takes_a_side(lesson):
    part = lesson.part("historians")
    quotes = sum(name == "quote" for c in part if c in lesson.code for name, _ in calls(c))
    if quotes < 2:
        yield f"{quotes} positions quoted"
    rubrics = [cell for cell in part if "rubric" in kinds(cell)]
    claims = [cell for cell in exercises_of(part) if '"""' in cell.source]
    if not rubrics or not claims:
        yield "no exercise in words (claim = three quotation marks, over lines) with a rubric"
    for cell in rubrics:
        rows = [line for line in cell.source.splitlines() if line.startswith("|")]
        if not rows or len(rows[0].strip("|").split("|")) != 4 or len(rows) < 4:
            yield f"{cell.id}: wants a table of at least two lines with three levels"


@in_lessons
def progress_is_told_once_to_who_studies_alone(lesson):
    cells = [cell for cell in lesson.code if "progress" in called(cell)]
    if [cell.source for cell in cells] != [f'progress("{lesson.name}")']:
        yield f'wants one cell that says progress("{lesson.name}")'
    for cell in cells:
        if "self-study" not in kinds(cell):
            yield f"{cell.id}: wants the tag self-study"
        if not text_of(cell).startswith("0 of "):
            yield f"{cell.id}: saved with somebody's progress; run python3 start.py refresh"


@in_lessons
def hints_are_promised_to_who_studies_alone(lesson):
    for cell in lesson.prose:
        if "hint(" in cell.source and "self-study" not in kinds(cell):
            yield f"{cell.id}: speaks of hint(); a hand-out has none: tag it self-study"


# --- how long it is ---


@in_lessons
def the_first_hour_leaves_ten_minutes_for_talk(lesson):
    minutes = first_hour_minutes(lesson)
    if minutes > MOST_MINUTES:
        yield f"{minutes:.1f} minutes; python tests/support/lesson_minutes.py tells where"


@everywhere
def no_code_cell_is_over_ten_lines(lesson):
    for cell in lesson.code:
        if len(cell.source.splitlines()) > LINES:
            yield f"{cell.id}: {len(cell.source.splitlines())} lines"


@everywhere
def no_line_of_code_is_too_wide_for_the_projector(lesson):
    for cell in lesson.code:
        if widest := [line for line in cell.source.splitlines() if len(line) > 100]:
            yield f"{cell.id}: {len(widest[0])} characters"


# --- what code may hold ---


@everywhere
def no_code_names_an_address(lesson):
    for cell in lesson.code:
        if re.search(r"https?:|ftp:|www\.|//\w", cell.source):
            yield f"{cell.id}: an address in code"


@everywhere
def code_needs_no_comment_and_no_hidden_name(lesson):
    for cell in lesson.code:
        for token in tokenize.generate_tokens(io.StringIO(cell.source).readline):
            if token.type == tokenize.COMMENT:
                yield f"{cell.id}: {token.string!r} belongs into the text above"
            if token.type == tokenize.NAME and token.string.startswith("_"):
                yield f"{cell.id}: {token.string} is hidden"


@in_lessons
def a_solution_leaves_the_names_of_the_lesson_alone(lesson):
    own = {name for cell in lesson.own_code for name in assigned(cell.source)}
    for exercise in lesson.exercises:
        for taken in assigned(exercise.solution) & own:
            yield f"solution of {exercise.name}: overwrites {taken}"
        writers = [c.id for c in lesson.code if exercise.name in assigned(c.source)]
        if len(writers) != 1:
            yield f"{exercise.name}: is written by {writers}, so Run All undoes an answer"


def assigned(source):
    """Return the names that a piece of Python gives a value."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names | {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}


# --- how it is saved ---


@everywhere
def cells_are_counted_from_one(lesson):
    counts = [cell.execution_count for cell in lesson.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}"
    for cell in lesson.code:
        for output in cell.outputs:
            if output.get("execution_count", cell.execution_count) != cell.execution_count:
                yield f"{cell.id}: its output is counted otherwise"


@everywhere
def cells_have_names_that_last(lesson):
    ids = [cell.id for cell in lesson.cells]
    for name in ids:
        if not re.fullmatch(r"[a-z0-9-]+", name) or RANDOM_ID.fullmatch(name):
            yield f"{name}: not a name in small letters, figures and hyphens"
        if ids.count(name) > 1:
            yield f"{name}: {ids.count(name)} cells"


@everywhere
def nothing_of_the_machine_is_saved(lesson):
    meta = lesson.notebook.metadata
    kept = set(meta) - {"about", "authors", "license"}
    if kept != {"kernelspec", "language_info"} or dict(meta.language_info) != {"name": "python"}:
        yield f"metadata {json.dumps(meta)}"
    for cell in lesson.cells:
        if set(cell.metadata) - {"tags"}:
            yield f"{cell.id}: metadata {sorted(cell.metadata)}"
        for output in cell.get("outputs", []):
            if any("widget" in kind for kind in output.get("data", {})) or output.get("metadata"):
                yield f"{cell.id}: widget state or metadata in an output"
    for text in strings(lesson.notebook):
        if found := MACHINE.search(text):
            yield f"a path of some machine: ...{text[max(0, found.start() - 20) :][:60]}..."


@everywhere
def no_error_or_warning_is_saved(lesson):
    for cell in lesson.code:
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{cell.id}: {output.get('ename') or output.text[:60]}"


@everywhere
def what_shows_something_has_shown_it(lesson):
    for cell in lesson.code:
        tree = ast.parse(cell.source)
        shows = isinstance(tree.body[-1], ast.Expr) or called(cell) & {"show", "quote", "print"}
        if shows and not cell.outputs:
            yield f"{cell.id}: nothing is saved below it"


@everywhere
def the_file_is_as_refresh_writes_it(lesson):
    raw = lesson.path.read_bytes()
    if len(raw) >= MEGABYTE:
        yield f"{len(raw)} bytes"
    if (nbformat.writes(lesson.notebook) + "\n").encode() != raw:
        yield "saving it again would change it: run python3 start.py refresh"


# --- who cannot see, who cannot click ---


class Tags(html.parser.HTMLParser):
    """The tags of some HTML, and the words in its header cells."""

    def __init__(self, text):
        super().__init__()
        self.images, self.names, self.header_cells, self.inside = [], [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        if tag == "img":
            self.images.append(dict(attributes))
        if tag == "th":
            self.header_cells.append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "th"

    def handle_data(self, data):
        if self.inside:
            self.header_cells[-1] += data.strip()


@everywhere
def pictures_are_told_in_words(lesson):
    for cell in lesson.cells:
        pairs = [(i.get("alt") or "", i.get("src") or "") for i in Tags(html_of(cell)).images]
        if cell.cell_type == "markdown":
            text = without_code_blocks(cell.source)
            pairs += re.findall(r"!\[(.*?)\]\((.*?)\)", text)
            pairs += [(i.get("alt") or "", i.get("src") or "") for i in Tags(text).images]
        for alt, source in pairs:
            if len(alt.split()) < 4 or re.search(r"\.(png|jpe?g|svg|gif)\b", alt):
                yield f"{cell.id}: a picture with the words {alt!r} ({source[:20]}...)"
        for output in cell.get("outputs", []):
            if any(kind.startswith("image/") for kind in output.get("data", {})):
                yield f"{cell.id}: a bare image, which cannot carry words; use show(...)"


@everywhere
def tables_name_their_columns(lesson):
    for cell in lesson.cells:
        found = Tags(html_of(cell))
        if "" in found.header_cells:
            yield f"{cell.id}: a header cell is empty"
        if "table" in found.names and not found.header_cells:
            yield f"{cell.id}: a table without header cells"


@everywhere
def headings_skip_no_level(lesson):
    levels = [level for _, level, _ in headings(lesson)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"one title wanted, first of all; levels are {levels}"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"from level {before} to level {after}"
    for cell in lesson.code:
        if any(re.fullmatch("h[1-6]", name) for name in Tags(html_of(cell)).names):
            yield f"{cell.id}: a heading in an output"


@everywhere
def links_lead_somewhere(lesson):
    for cell in lesson.markdown:
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(cell.source)):
            if not leads_somewhere(lesson, target):
                yield f"{cell.id}: nothing at {target}"


def leads_somewhere(lesson, target):
    """Tell whether a link's file exists here, with the heading if it names one."""
    if re.match(r"https?://|mailto:", target):
        return True
    name, _, heading = target.partition("#")
    path = lesson.path.parent / name if name else lesson.path
    if not path.exists() or ROOT not in path.resolve().parents:
        return False
    text = "".join(strings(json.loads(path.read_text("utf-8")))) if heading else ""
    return not heading or heading.replace("-", " ") in text


# --- exercises ---


@in_lessons
def exercises_can_be_answered_wrongly_with_profit(lesson):
    for exercise in lesson.exercises:
        where = f"exercise {exercise.name}"
        if not exercise.points:
            yield f"{where}: worth no points"
        if not exercise.hints:
            yield f"{where}: no hint"
        if exercise.free_text:
            continue
        said = words_to_mistakes(exercise.mistakes)
        if len(said) < 2 or not all(len(text.split()) > 2 for text in said):
            yield f"{where}: wants two typical mistakes with words of their own, has {said}"


def words_to_mistakes(source):
    """Return what is said to the typical mistakes in a solution cell, each wording once."""
    lists = [n.value for n in ast.parse(source).body if ast.unparse(n).startswith("mistakes = [")]
    return {pair.elts[1].value for pairs in lists for pair in pairs.elts}


@in_lessons
def exercises_stand_before_their_check_and_solution(lesson):
    names = [(k, e.name) for e in lesson.exercises for k in ("exercise", "check", "solution")]
    found = [tuple(tag.split(":")[:2]) for c in lesson.cells for tag in c.metadata.get("tags", [])]
    if [pair for pair in found if pair in names] != names:
        yield "wants, for each exercise, its cell, then its check, then its solution"
    checks = [cell for cell in lesson.cells if "check" in kinds(cell)]
    for exercise, cell in zip(lesson.exercises, checks, strict=False):
        if cell.source != f'check("{exercise.name}", {exercise.name})':
            yield f"{cell.id}: does not check {exercise.name}"
    for cell in lesson.cells:
        if "solution" in kinds(cell) and not folded(cell.source):
            yield f"{cell.id}: not folded away"


def folded(text):
    return text.startswith("<details><summary>") and text.rstrip().endswith("</details>")


# --- words and numbers ---


@everywhere
def spelling_is_british(lesson):
    for cell in lesson.markdown:
        yield from (f"{cell.id}: {found}" for found in american(without_code(cell.source)))


def american(text):
    """Return what is spelt the American way, and per cent signs where words are wanted."""
    return [match[0] for match in AMERICAN.finditer(text)] + re.findall(r"\d ?%", text)


@in_lessons
def numbers_in_the_text_are_borne_out(lesson):
    rows, printed = evidence(lesson)
    for cell in lesson.markdown:
        text = without_code(cell.source)
        years = {int(year) for year in re.findall(r"\b(?:18|19|20)\d\d\b", text)}
        values = [v for v, year in rows if not years or year in years] + printed
        for number in numbers_to_check(text):
            if not any(rounds_to(v, number) for v in [*values, *KNOWN_NUMBERS]):
                yield f"{cell.id}: {number} is in no table (of those years) and no output"


def numbers_to_check(text):
    """Return the numbers of a text that are no years, days of a month or small counts."""
    text = re.sub(rf"\b\d{{1,2}} (?={MONTHS})", " ", text)
    found = NUMBER.findall(text)
    return [n for n in found if not (n.isdigit() and (int(n) <= 20 or 1800 <= int(n) < 2100))]


def rounds_to(value, number):
    """Tell whether a value, rounded as the number is, gives the number."""
    number = number.replace(",", "")
    decimals = len(number.partition(".")[2])
    return abs(value - float(number)) <= 0.5 * 10**-decimals + 1e-9


def evidence(lesson):
    """Return (value, year) of the tables that a lesson loads, and the numbers it prints."""
    rows = []
    for name in {n for c in lesson.code for n in re.findall(r'load\("(\w+)"\)', c.source)}:
        table = load(name)
        for column in table.columns.intersection(["value", "low", "high"]):
            pairs = zip(table[column], table.get("year", table.index), strict=True)
            rows += [(float(value), int(year)) for value, year in pairs]
    printed = "\n".join(text_of(cell) for cell in lesson.code)
    return rows, [float(n.replace(",", "")) for n in NUMBER.findall(printed)]
