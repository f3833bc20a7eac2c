"""Write a first description for a table: python start.py new-table strikes.csv

The table is copied into datasets/ if it lies elsewhere, and its description is written beside it.
"""

import argparse
import sys
from pathlib import Path

from two_winds.datasets import FOLDER, DatasetError, read_table
from two_winds.datasets.draft import new_table


def main() -> int:
    """Write the description, then read the table under it."""
    parser = argparse.ArgumentParser(prog="start.py new-table", description=__doc__)
    parser.add_argument("table", metavar="FILE.csv", type=Path, help="a table of your own")
    try:
        description = new_table(parser.parse_args().table, FOLDER)
        table = read_table(description.stem, FOLDER)
    except DatasetError as error:
        print(error)
        return 1
    print(f"Written: datasets/{description.name}. Open it and write what is asked for.")
    print(f"{len(table)} rows and {len(table.columns)} columns can be read in any lesson by")
    print(f'  load("{description.stem}")')
    return 0


if __name__ == "__main__":
    sys.exit(main())
