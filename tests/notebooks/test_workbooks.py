from pathlib import Path

import nbformat

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORKBOOKS = sorted((ROOT / "workbooks").rglob("*.ipynb"))
NOTEBOOKS = [*WORKBOOKS, *sorted(HERE.glob("*.ipynb"))]


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_every_workbook_shows_something_where_no_widget_can_run():
    for path in WORKBOOKS:
        shown = [output for cell in code_cells(path) for output in cell.outputs if "data" in output]

        assert shown, path
        assert all(set(output.data) == {"text/html", "text/plain"} for output in shown), path


def test_no_notebook_keeps_widget_state():
    for path in NOTEBOOKS:
        assert "widgets" not in nbformat.read(path, as_version=4).metadata, path
        assert "widget-view" not in path.read_text("utf-8"), path


def test_no_cell_compares_an_output_that_was_never_stored():
    """Comparing with nothing always passes."""
    for path in NOTEBOOKS:
        for cell in code_cells(path):
            assert "NBVAL_CHECK_OUTPUT" not in cell.source or cell.outputs, f"{path}: {cell.source}"


def test_no_cell_is_left_out():
    for path in NOTEBOOKS:
        for cell in code_cells(path):
            assert "NBVAL_SKIP" not in cell.source, f"{path}: {cell.source}"
