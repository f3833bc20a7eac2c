"""The order of the tests: what fails fast comes first, what takes long comes last."""

ORDER = [
    "datasets",
    "damaged_files",
    "growth",
    "style",
    "charts",
    "exercises",
    "explorers",
    "environment",
    "lessons_structure",
    "notebooks",
    "other",
    "classroom",
    "assignments",
    "start",
    "start_troubles",
    "browser",
]


def place(item):
    """Return where the file of a test stands in the order."""
    name = item.path.stem.removeprefix("test_")
    if item.path.suffix == ".ipynb":
        name = "notebooks"
    return ORDER.index(name if name in ORDER else "other")


def pytest_collection_modifyitems(items):
    items.sort(key=place)
