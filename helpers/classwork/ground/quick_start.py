"""Imported by what is run as a command, before nbformat: it then starts two seconds sooner.

JupyterLab itself does too, where `start.py` opens it.

nbformat imports jsonschema, and jsonschema has rfc3987-syntax, which comes with JupyterLab, compile
a grammar of web addresses with letters of all scripts. No notebook is checked for such an address.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
