"""What a session has for thematic coding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from casework.session.options import suggesting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casework.report.coders import CodersBeside
    from casework.session.session import Session
    from casework.widgets import CodeWidget


class Codings:
    """The part of a `Session` that codes what people wrote."""

    @suggesting
    def code(self, codebook_id: str, answers: object, *, coder: str = "", item: str | None = None) -> CodeWidget:
        """Return answers to code: to mark words in them, and to say what these carry.

        Parameters
        ----------
        codebook_id : str
            The id of a codebook, which one may change while coding; the file stays as it is.
        answers : list, Series, DataFrame, path, SessionSurvey or SessionCase
            Texts; a pandas Series of them, or a DataFrame with a column ``text`` (and ``id``, ``person``, ``audience``,
            ``revealed``, where it has them); the name of a CSV file with the same columns in the folder of workbooks or
            its ``data/`` (a page in Spanish takes ``told.es.csv``, where that lies beside ``told.csv``); or this
            session's survey or case: what was written in it, as far as the reader may see it.
        coder : str, optional
            Whose coding it is, where several code on one computer; each has their own.
        item : str, optional
            Of a survey or a case, the item or prompt that is meant; by default all that are written.

        Raises
        ------
        ContentError
            If there is no such codebook, or it cannot be used.
        SessionError
            If the answers cannot be coded.

        Examples
        --------
        >>> session.code("leaders-needs", session.survey("our-program"))  # doctest: +SKIP
        """
        from casework.session.code import seat_code  # noqa: PLC0415  for those who code

        return seat_code(cast("Session", self), codebook_id, answers, coder, item)

    @suggesting
    def compare_coders(
        self,
        codebook_id: str,
        answers: object,
        coders: Sequence[str | Mapping[str, Any]],
        *,
        unit: str = "answer",
        item: str | None = None,
    ) -> CodersBeside:
        """Return several people's codings of the same answers side by side: where they differed, then how they agree.

        Parameters
        ----------
        codebook_id : str
            The codebook's id.
        answers : object
            The answers, as for `code`.
        coders : sequence
            The names of those who coded here (``""`` for whoever gave none), the names of ``.json`` files in the folder
            of workbooks or its ``data/`` that others took along from their pages (in the page's language where such a
            file lies beside it, as for `code`), or what `CodeWidget.coding` gives.
        unit : {"answer", "sentence"}
            What is compared.
        item : str, optional
            Of a survey or a case, the item or prompt that is meant.

        Returns
        -------
        casework.report.coders.CodersBeside
            It shows itself; `differed` and `agreement` are frames.

        Raises
        ------
        SessionError
            If a coder cannot be found.
        ReportError
            If the unit is none, or something is no coding.
        """
        from casework.session.code import lay_beside  # noqa: PLC0415  for those who compare

        return lay_beside(cast("Session", self), codebook_id, answers, coders, unit, item)
