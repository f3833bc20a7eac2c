"""Looking at a student's code before it is run: does it go beyond what answers need?

What answers need is listed here: kinds of statements, functions, methods, modules. Whatever else
stands in a cell is told to the teacher. Where the system can confine what runs, that is all. Where
it cannot, it keeps the submission from being run until a person has read it. That is no
confinement: it only sees to it that nothing runs unread beyond the functions and methods below.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

from classwork.course import current
from classwork.grading.student_cells import Step
from classwork.lesson.syntax import HARMLESS_CELL_MAGIC, is_broken

STATEMENTS = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If,
    ast.FunctionDef, ast.Return, ast.Pass, ast.Break, ast.Continue, ast.Assert, ast.Delete,
    ast.Import, ast.ImportFrom,
)  # fmt: skip
WAITS = (ast.Await, ast.Yield, ast.YieldFrom)
FUNCTIONS = {
    "abs", "all", "any", "bool", "dict", "display", "divmod", "enumerate", "filter", "float", "int",
    "isinstance", "len", "list", "map", "max", "min", "pow", "print", "range", "reversed",
    "round", "set", "sorted", "str", "sum", "tuple", "type", "zip", "Ellipsis",
}  # fmt: skip
MODULES = {
    "pandas", "numpy", "math", "cmath", "statistics", "matplotlib.pyplot", "collections",
    "itertools", "fractions", "decimal", "datetime", "random", "classwork",
    "classwork.practice.received", "IPython.display",
}  # fmt: skip
# In a file of words: methods, functions in modules, attributes.
METHODS = {
    word
    for line in (Path(__file__).parent / "allowed.txt").read_text(encoding="utf-8").splitlines()
    for word in ([] if line.startswith("#") else line.split())
}
# These take the name of any method as text; these arguments name files, modules or streams.
TAKE_NAMES = {"apply", "agg"}
LOOKED_INTO = TAKE_NAMES | {"query"}
REACHES_OUT = {"backend", "buf", "engine", "file", "filename", "path_or_buf", "url", None}
MAGIC = {"run_line_magic", "run_cell_magic", "system", "getoutput"}
HARMLESS_MAGIC = re.compile(r"%(matplotlib|time|timeit|precision|who|whos)\b")


def look(step: Step) -> list[str]:
    """Return what of a cell goes beyond what answers need, each as "cell 12, line 3: ..."."""
    if step.tree is None:
        return (
            [] if is_broken(step.python) else [f"cell {step.number}: is too long to look through"]
        )
    found = {}
    for line, what in [*in_lines(step.source), *in_tree(step.tree)]:
        found.setdefault((line, what), f"cell {step.number}, line {line}: {what}")
    return [found[place] for place in sorted(found)]


def in_lines(source: str) -> Iterator[tuple[int, str]]:
    """Find the lines that are for JupyterLab and not for Python."""
    harmless = HARMLESS_CELL_MAGIC.match(source)
    for number, line in enumerate(source.splitlines(), start=1):
        bare = line.strip()
        if harmless and bare.startswith("%%"):
            harmless = None
        elif bare.startswith(("!", "%%")) or re.match(r"[\w, ]+=\s*!", bare):
            yield number, "runs a program or a cell of another language"
        elif bare.startswith("%") and not HARMLESS_MAGIC.match(bare):
            yield number, f"uses {bare.split()[0]}"


def in_tree(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find statements, names, attributes and calls that are not listed."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    line = 0
    for node in ast.walk(tree):
        line = getattr(node, "lineno", line)
        for what in in_node(node):
            yield line, what
        if isinstance(node, ast.Attribute) and node.attr in LOOKED_INTO and id(node) not in called:
            yield line, f"keeps .{node.attr} for later"


def in_node(node: ast.AST) -> Iterator[str]:
    """Yield what is not listed of one node."""
    if isinstance(node, (ast.stmt, *WAITS)) and not isinstance(node, STATEMENTS):
        yield f"is more than an answer needs ({type(node).__name__.lower()})"
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from in_import(node)
    elif isinstance(node, ast.FunctionDef) and node.decorator_list:
        yield "decorates a function"
    elif isinstance(node, ast.Name):
        if node.id.startswith("_") and node.id.strip("_"):
            yield f"uses {node.id}, which is marked as private"
        elif is_builtin(node.id) and node.id not in FUNCTIONS:
            yield f"uses {node.id}"
    elif isinstance(node, ast.Attribute):
        if node.attr not in METHODS and not is_magic(node):
            yield f"uses .{node.attr}"
    elif isinstance(node, ast.Call):
        yield from in_call(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if "._" in node.value or "__" in node.value:
            yield "names what is marked as private"
    elif isinstance(node, ast.arg) and node.annotation is not None:
        yield "annotates an argument"


def is_magic(attribute: ast.Attribute) -> bool:
    """Tell whether this is what a line such as %time has become; `in_lines` looks at these."""
    home = attribute.value
    from_shell = isinstance(home, ast.Call) and ast.unparse(home.func) == "get_ipython"
    return from_shell and attribute.attr in MAGIC


def is_builtin(name: str) -> bool:
    """Tell whether a name is one of Python's own."""
    # What Python's prompt and doctest have shown last is no builtin, though it is kept there.
    return name != "_" and hasattr(builtins, name)


def in_call(call: ast.Call) -> Iterator[str]:
    """Yield what is wrong with a call: a function got from somewhere, or text that may be code."""
    function = call.func
    if not isinstance(function, (ast.Name, ast.Attribute)):
        yield "calls what is no plain name"
        return
    name = function.id if isinstance(function, ast.Name) else function.attr
    if name == "query" and not is_plain_query(call):
        yield "runs code from text"
    if name == "type" and len(call.args) != 1:
        yield "makes a type"
    first = call.args[0] if call.args else None
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in TAKE_NAMES and not is_known_function(given.pop("func", first)):
        yield f"uses .{name} with what is no function written there"
    if "aggfunc" in given and not is_known_function(given["aggfunc"]):
        yield "uses aggfunc with what is no function written there"
    yield from (f"uses the argument {word}" for word in given if word in REACHES_OUT)


def is_known_function(given: ast.expr | None) -> bool:
    """Tell whether an argument is a lambda, or the name of a listed method as text."""
    listed = isinstance(given, ast.Constant) and given.value in METHODS
    return listed or isinstance(given, ast.Lambda)


def is_plain_query(call: ast.Call) -> bool:
    """Tell whether a `table.query(...)` is of one condition, written there, that calls nothing."""
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return len(texts) == len(call.args) == 1 and not call.keywords and "(" not in str(texts[0])


def in_import(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Find imports of anything but the listed modules and what is listed in them."""
    package, names = current().package, current().names
    allowed = MODULES | current().modules
    if isinstance(node, ast.Import):
        yield from (f"imports {a.name}" for a in node.names if a.name not in allowed)
        return
    home = node.module or ""
    if node.level or home not in allowed | received_from() | {package}:
        yield f"imports {home or 'a module beside it'}"
        return
    known = names if home == package else METHODS | {"check", "hint", "received", "progress"}
    yield from (f"imports {a.name} from {home}" for a in node.names if a.name not in known)


def received_from() -> set[str]:
    """Return the modules from which editions import `received`."""
    trees = [ast.parse(line) for line in current().received]
    return {
        node.module or ""
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
    }
