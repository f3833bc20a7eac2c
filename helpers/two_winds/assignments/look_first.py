"""Looking at a student's code before it is run: what does it that an answer never needs?

Where the system can confine what runs, this only tells the teacher. Where it cannot, whatever is
found keeps the submission from being run until a person has read it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import two_winds
from two_winds.assignments.work import Step

MODULES = {
    "two_winds", "pandas", "numpy", "math", "cmath", "statistics", "matplotlib", "collections",
    "itertools", "functools", "datetime", "random", "re", "json", "fractions", "decimal",
    "string", "operator", "textwrap", "calendar", "time", "typing", "dataclasses", "IPython",
    "ipywidgets", "warnings", "copy",
}  # fmt: skip
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
REACHES = {
    "eval": "runs code from text", "query": "runs code from text", "pipe": "",
    "ctypeslib": "reaches into memory", "f_globals": "reaches into frames",
    "gi_frame": "reaches into frames", "tb_frame": "reaches into frames", "io": "opens files",
    "sys": "reaches the system", "os": "reaches the system", "subprocess": "runs programs",
    "util": "", "testing": "", "modules": "reaches modules", "builtins": "reaches the system",
    "format": "", "format_map": "reaches for attributes by name", "exercises": "reads the key",
    "assignments": "reads the key", "keys": "",
}  # fmt: skip
HARMLESS_MAGIC = re.compile(r"%(matplotlib|time|timeit|precision|who|whos)\b")


def look(step: Step) -> list[str]:
    """Return what a cell does that an answer never needs, each as "cell 12, line 3: ..."."""
    if step.tree is None:
        return []
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
        line = getattr(node, "lineno", 0)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((line, what) for what in in_import(node))
        elif (
            isinstance(node, ast.Name)
            and (what := in_name(node.id))
            or isinstance(node, ast.Attribute)
            and (what := in_attribute(node.attr))
        ):
            yield line, what
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value:
            if "._" in node.value or "[_" in node.value:
                yield line, "reaches for what is marked as private"


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
        if first not in MODULES or getattr(node, "level", 0):
            yield f"imports {name or 'a module beside it'}"
        elif first == "two_winds" and inner:
            yield f"imports {name}, which is not for lessons"
        yield from (what for part in inner if (what := in_attribute(part)))
    for alias in node.names:
        if home == "two_winds":
            if alias.name not in two_winds.__all__:
                yield f"imports {alias.name} from two_winds"
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
    return REACHES.get(name, "")
