"""A report as a Word document, for those who go on writing in it: headings, sentences, pictures and tables."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from casework.content.words import words
from casework.report.pictures import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd
    from docx.document import Document as Paper

    from casework.report.document import Board, Document, Section
    from casework.report.drawings import Drawing

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_INK, _SOFT = "22303A", "56626B"
_SERIF, _SANS = "Georgia", "Calibri"
_NARROW, _WIDE = 6.2, 8.6
"""How wide a table is on an upright page and on one that lies, in inches."""
_FEW, _FIRST = 3, 2.3
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_word(document: Document, step: Callable[[], None] = lambda: None) -> bytes:
    """Return a report as the bytes of a ``.docx`` file; `step` is called after each picture."""
    from docx import Document as new_paper  # noqa: N813, PLC0415  only when one is written

    paper, said = new_paper(), words(document.language)
    _set_up(paper, document)
    paper.add_heading(plain(document.title), level=0)
    _write(paper, [document.subtitle, *document.says])
    if top := document.top():
        paper.add_heading(said["reports.short"], level=1)
        for line in top:
            paper.add_paragraph(plain(line), style="List Bullet")
    for section in document.sections:
        _section(paper, document, section, said, step)
    if document.notes:
        paper.add_heading(said["reports.notes"], level=1)
        _write(paper, document.notes)
    _tables(paper, document, said)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """Return text without what a document cannot hold."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _set_up(paper: Paper, document: Document) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  as above
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Inches, Pt, RGBColor  # noqa: PLC0415

    about: Any = paper.core_properties
    about.author, about.title, about.language, about.comments = "casework", document.title, document.language, ""
    for section in paper.sections:
        section.left_margin = section.right_margin = Inches(1.1)
    styles: Any = paper.styles
    styles["Normal"].font.name, styles["Normal"].font.size = _SERIF, Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 12), ("Caption", 9)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = _SERIF, Pt(size), RGBColor.from_string(_INK)
        font.bold = name != "Caption"
        fonts = styles[name].element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
    styles["Heading 2"].font.bold, styles["Heading 2"].font.italic = False, True
    styles["Caption"].font.color.rgb = RGBColor.from_string(_SOFT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), {"en": "en-US", "es": "es-US"}.get(document.language, document.language))
    styles["Normal"].element.get_or_add_rPr().append(spoken)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)


def _write(paper: Paper, lines: Iterable[str]) -> None:
    for line in lines:
        paper.add_paragraph(plain(line))


def _section(
    paper: Paper, document: Document, section: Section, said: Mapping[str, str], step: Callable[[], None]
) -> None:
    paper.add_heading(plain(section.title), level=1)
    _write(paper, section.says[section.first :])
    for number, table, drawing in document.pictures(section):
        _picture(paper, drawing)
        step()
        told = said["reports.picture"].format(number=number, title=drawing.title)
        see = said["reports.see"].format(number=table)
        paper.add_paragraph(plain(f"{told}. {drawing.caption} {see}"), style="Caption")
    for board in section.boards:
        _board(paper, board)
    if section.picture:  # drawn in a kind of picture that Word does not take; the words say the same
        _write(paper, [section.picture_says])
    for question, answer in section.entries:
        paper.add_heading(plain(str(question)), level=2)
        paper.add_paragraph(plain(str(answer)))


def _picture(paper: Paper, drawing: Drawing) -> None:
    from docx.shared import Inches  # noqa: PLC0415  as above

    shown: Any = paper.add_picture(io.BytesIO(drawing.png()), width=Inches(WIDTH))
    shown._inline.docPr.set("descr", plain(drawing.alt))  # noqa: SLF001  python-docx has no name for it yet
    shown._inline.docPr.set("title", plain(drawing.title))  # noqa: SLF001
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _board(paper: Paper, board: Board) -> None:
    paper.add_heading(plain(board.question), level=2)
    if board.heads:
        _table(paper, board.heads, board.rows, small=False)
        return
    for row in board.rows:
        paper.add_paragraph(plain(row[0]), style="List Bullet")


def _tables(paper: Paper, document: Document, said: Mapping[str, str]) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415  as above

    tables = list(document.tables())
    if not tables:
        return
    wide: Any = paper.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
    paper.add_heading(said["reports.tables"], level=1)
    for number, (title, frame) in enumerate(tables, 1):
        paper.add_heading(plain(said["reports.table"].format(number=number, title=title)), level=2)
        _table(paper, list(frame.columns), _cells(frame), small=True)


def _cells(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in frame.itertuples(index=False)]


def _table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], *, small: bool) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  as above
    from docx.shared import Inches, Pt  # noqa: PLC0415

    table: Any = paper.add_table(rows=1 + len(rows), cols=len(heads))
    table.autofit = False
    widths = _widths(len(heads), _WIDE if small else _NARROW)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, (line, cells) in enumerate(zip(table.rows, [heads, *rows], strict=True)):
        if small:
            _keep_whole(line)
        for cell, text, width in zip(line.cells, cells, widths, strict=True):
            cell.width = Inches(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(3)
            run = paragraph.add_run(plain(text))
            run.font.bold = number == 0
            if small or number == 0:
                run.font.size, run.font.name = Pt(8.5), _SANS
    _rule(table)
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  a heading that comes again on each page
    head.append(OxmlElement("w:tblHeader"))
    paper.add_paragraph()


def _widths(columns: int, whole: float) -> list[float]:
    """Return how wide columns are, in inches: of many, the first is wider, since it holds words."""
    if columns <= _FEW:
        return [whole / columns] * columns
    first = max(whole / columns, _FIRST)
    return [first] + [(whole - first) / (columns - 1)] * (columns - 1)


def _keep_whole(line: Any) -> None:  # noqa: ANN401  python-docx's own row
    from docx.oxml import OxmlElement  # noqa: PLC0415  as above

    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  it has no name for it


def _rule(table: Any) -> None:  # noqa: ANN401  python-docx's own table
    """Draw a thin line below each row, and no others."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "DFD5C5")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001  as above
