"""The HTML that helpers show, as jinja2 templates: what is filled in is escaped by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Of text in a cell of a table, which JupyterLab would else centre and keep on one line.
ENVIRONMENT.globals["cell"] = "text-align:left;vertical-align:top;white-space:normal"


def fill(template: str, **values: Any) -> str:
    """Return a template with its values filled in.

    Args:
        template: its name without the ending, such as "quotation".
        values: what it names.
    """
    return ENVIRONMENT.get_template(f"{template}.html.j2").render(values).strip()
