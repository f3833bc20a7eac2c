"""What a cell's code does, as far as reading it can tell: what it binds, reads and merely shows."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

from classwork.course import current

HARMLESS_CELL_MAGIC = re.compile(r"\A\s*%%(time|timeit|capture)\b.*\n")
MAGIC_LINE = re.compile(r"^[ \t]*[%!?]|[?!][ \t]*$|=[ \t]*[%!]", re.MULTILINE)
LONGEST, MOST_MAGIC = 50_000, 10
NOT_CODE = (SyntaxError, ValueError, RecursionError, MemoryError)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


# The same cells come up again with each exercise of a lesson, and with each student of a class.
@lru_cache(maxsize=512)
def python_of(source: str) -> str:
    """Return a cell as Python: JupyterLab's own lines (`%time`, `!ls`) become calls."""
    if len(source) > LONGEST:
        return source
    body = HARMLESS_CELL_MAGIC.sub("", source.replace("\r\n", "\n"))
    if len(MAGIC_LINE.findall(body)) > MOST_MAGIC:  # each costs as much as the whole cell
        return body
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return TransformerManager().transform_cell(body)
    except Exception:  # it is made for people at a keyboard, and stumbles over odd characters
        return body


def tree_of(python: str) -> ast.Module | None:
    """Return the syntax tree of Python code, or None where it is none."""
    if len(python) > LONGEST:
        return None
    try:
        return parsed(python)
    except NOT_CODE:
        return None


def is_broken(python: str) -> bool:
    """Tell whether code is no Python and so does nothing, rather than too much of it to be read."""
    try:
        parsed(python)
    except (SyntaxError, ValueError):
        return True
    except (RecursionError, MemoryError):
        return False
    return False


def parsed(python: str) -> ast.Module:
    """Return the syntax tree of Python code, or raise one of `NOT_CODE`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\\d" is no concern of the teacher's
        return ast.parse(python)


def canonical(python: str) -> str:
    """Return the same text for code that differs in comments, spaces and quotation marks alone.

    The student's edition says `received` where the lesson says `check`: no difference either.
    """
    tree = tree_of(python)
    if tree is None:
        return " ".join(python.split())
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "check":
            node.id = "received"
        elif isinstance(node, ast.alias) and node.name == "check":
            node.name = "received"
    try:
        return ast.dump(tree)
    except RecursionError:
        return python


def bound(tree: ast.AST) -> set[str]:
    """Return the names that code gives a value to where it stands, not inside its functions."""
    names: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        names |= names_given_by(node)
        if isinstance(node, SCOPES):
            inside = (n for n in ast.walk(node) if isinstance(n, ast.Global))
            names |= {name for found in inside for name in found.names}
        elif not isinstance(node, COMPREHENSIONS):
            waiting += ast.iter_child_nodes(node)
    return names


def statements_giving(tree: ast.Module | None, name: str) -> list[ast.stmt]:
    """Return the statements of a cell that give a name its value; none where it is no Python."""
    return [statement for statement in tree.body if name in bound(statement)] if tree else []


def without_statements(source: str, statements: list[ast.stmt]) -> str:
    """Return a cell without the lines of some of its statements, and without empty lines."""
    lines = source.splitlines()
    for statement in statements:
        for number in range(statement.lineno, statement.end_lineno + 1):
            lines[number - 1] = ""
    return "\n".join(line for line in lines if line)


def leaves_open(statement: ast.stmt) -> bool:
    """Tell whether a statement leaves an answer to the student: None, ... or an empty text."""
    return isinstance(statement, ast.Assign) and is_open(statement.value)


def is_open(value: ast.expr) -> bool:
    """Tell whether a value is no answer yet: None, ... or quotation marks around nothing."""
    if not isinstance(value, ast.Constant):
        return False
    given = value.value
    return given in (None, ...) or (isinstance(given, str) and not given.strip())


def names_given_by(node: ast.AST) -> set[str]:
    """Return the names that one node gives a value to."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Store) else set()
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
        return {node.name}
    return set()


def read(tree: ast.AST) -> set[str]:
    """Return the names that code reads."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    } | {
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }


def only_shows(tree: ast.Module) -> bool:
    """Tell whether a cell is empty or merely shows something: nothing later depends on it."""
    return all(
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id in current().showing
        for statement in tree.body
    )
