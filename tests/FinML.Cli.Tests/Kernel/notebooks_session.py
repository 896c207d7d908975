"""Executes notebooks by Jupyter's own executor, one after the other, and says so; raises where one fails.

Arguments: a folder for what they write, and the notebooks. No cell may fail, and what is stored must come again, by
kind; bars of progress, which a front end keeps, may come with it.
"""
import collections
import pathlib
import sys

import nbformat
from nbclient import NotebookClient


def kinds(book):
    """What each code cell gave: how many outputs of each kind, streams apart, whose number is the front end's."""
    return [
        collections.Counter(output.output_type for output in cell.outputs if output.output_type != "stream")
        for cell in book.cells
        if cell.cell_type == "code"
    ]


def execute(path, folder):
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    own = pathlib.Path(folder, path.stem)
    own.mkdir()
    client = NotebookClient(
        fresh, timeout=540, kernel_name=".net-csharp", resources={"metadata": {"path": str(own)}}
    )
    client.execute()  # raises at the first cell that fails
    for number, (before, after) in enumerate(zip(kinds(stored), kinds(fresh), strict=True)):
        assert before <= after, f"{path.name}, code cell {number}: {before} stored, {after} now"


assert len(sys.argv) > 2, "name a folder and the notebooks"
for name in sys.argv[2:]:
    execute(pathlib.Path(name).resolve(), sys.argv[1])
    print(f"{name}: executed by nbclient, as it is stored")
