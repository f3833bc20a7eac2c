"""Two Winds: 1957 in data. The names that lessons use stand in __init__.pyi, each with its module.

A module is imported when the first of its names is asked for.
"""

import logging

import lazy_loader
from classwork.course import use

from two_winds.course import COURSE

# Where the home folder cannot be written to, matplotlib would say so in red in every lesson.
logging.getLogger("matplotlib").addFilter(lambda note: note.funcName != "_get_config_or_cache_dir")
use(COURSE)

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
