"""Looking at a student's code before it is run: what does it that an answer never needs?

Where the system can confine what runs, this only tells the teacher. Where it cannot, whatever is
found keeps the submission from being run until a person has read it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from classwork.course import MODULES, current
from classwork.grading.student_cells import Step
from classwork.lesson.syntax import is_broken

FOR_LESSONS = {"classwork", "classwork.practice.received", "IPython.display"}
# Ordinary attributes that happen to bear the name of a module.
ORDINARY = {
    "array", "select", "numbers", "html", "locale", "trace", "code", "keyword", "token", "profile",
    "struct", "abc", "test",
}  # fmt: skip
SYSTEM_MODULES = sys.stdlib_module_names - MODULES - ORDINARY
CALLS = {
    "open": "opens files", "exec": "runs code from text", "eval": "runs code from text",
    "compile": "runs code from text", "__import__": "imports by name",
    "globals": "reaches for the names around it", "locals": "reaches for the names around it",
    "vars": "reaches for the names around it", "getattr": "reaches for attributes by name",
    "setattr": "changes attributes by name", "delattr": "changes attributes by name",
    "input": "waits for somebody to type", "breakpoint": "starts the debugger",
    "exit": "ends the program", "quit": "ends the program",
    "memoryview": "reaches into memory",
}  # fmt: skip
KEEPS_IN_MEMORY = {
    "to_list", "tolist", "to_numpy", "to_dict", "to_frame", "to_datetime", "to_numeric",
    "to_string", "to_timedelta", "to_period", "to_timestamp", "to_series", "to_markdown",
    "to_records", "to_flat_index",
}  # fmt: skip
TOUCHES_FILES = {
    "tofile", "fromfile", "loadtxt", "savetxt", "genfromtxt", "save", "savez",
    "savez_compressed", "load", "memmap", "savefig", "imread", "imsave", "DataSource",
    "ExcelFile", "ExcelWriter", "HDFStore",
}  # fmt: skip
REACHES = dict.fromkeys(("core", "lib", "compat", "f2py", "cbook", "util"), "a library's inside")
REACHES |= dict.fromkeys(("f_globals", "gi_frame", "tb_frame", "f_back"), "frames")
REACHES |= {"ctypeslib": "memory", "practice": "the key", "lesson": "the key"}
DOES = {
    "eval": "runs code from text", "open": "opens files",
    "system": "runs programs", "popen": "runs programs",
    "format_map": "reaches for attributes by name",
}  # fmt: skip
HARMLESS_MAGIC = re.compile(r"%(matplotlib|time|timeit|precision|who|whos)\b")


def look(step: Step) -> list[str]:
    """Return what a cell does that an answer never needs, each as "cell 12, line 3: ..."."""
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
    for number, line in enumerate(source.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith(("!", "%%")) or re.match(r"[\w, ]+=\s*!", bare):
            yield number, "runs a program or a cell of another language"
        elif "get_ipython" in bare:
            yield number, "asks for a shell"
        elif bare.startswith("%") and not HARMLESS_MAGIC.match(bare):
            yield number, f"uses {bare.split()[0]}"


def in_tree(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find imports, names and attributes that an answer never needs."""
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found = list(in_import(node))
        elif isinstance(node, ast.Call) and not is_plain_query(node):
            found = ["runs code from text"]
        elif isinstance(node, ast.Name):
            found = [in_name(node.id)]
        elif isinstance(node, ast.Attribute):
            found = [in_attribute(node.attr)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            private = "._" in node.value or "__" in node.value
            found = ["names what is marked as private"] if private else []
        yield from ((getattr(node, "lineno", 0), what) for what in found if what)


def is_plain_query(call: ast.Call) -> bool:
    """Tell whether a call is no `table.query(...)`, or one of a condition that calls nothing."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "query"):
        return True
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return len(texts) == len(call.args) == 1 and not call.keywords and "(" not in str(texts[0])


def in_import(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Find imports of anything but the known modules and the public names of this package."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        home = ""
    else:
        home = node.module or ""
        names = [home]
    for name in names:
        first, *inner = name.split(".")
        if name in FOR_LESSONS | {current().package} and not getattr(node, "level", 0):
            continue
        if first not in current().modules or getattr(node, "level", 0):
            yield f"imports {name or 'a module beside it'}"
        elif first == current().package:
            yield f"imports {name}, which is not for lessons"
        yield from (what for part in inner if (what := in_attribute(part)))
    for alias in node.names:
        if home and home == current().package:
            if alias.name not in current().names:
                yield f"imports {alias.name} from {home}"
        elif home and (alias.name.startswith("_") or in_attribute(alias.name)):
            yield f"imports {alias.name} from {home}"


def in_name(name: str) -> str:
    """Return what is wrong with a name, or ""."""
    if name.startswith("_") and name.strip("_"):
        return CALLS.get(name, f"uses {name}, which is marked as private")
    return CALLS.get(name, "")


def in_attribute(name: str) -> str:
    """Return what is wrong with an attribute, or ""."""
    if name.startswith("_"):
        return f"uses .{name}, which is marked as private"
    if name.startswith("read_") or name in TOUCHES_FILES:
        return f"reads or writes files (.{name})"
    if name.startswith("to_") and name not in KEEPS_IN_MEMORY:
        return f"writes files (.{name})"
    if name in SYSTEM_MODULES:
        return f"reaches the module {name}"
    return f"reaches {REACHES[name]}" if name in REACHES else DOES.get(name, "")
