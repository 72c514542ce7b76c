"""What to say of agreement: the figures by item, and the sentence without which no figure is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from casework.report.agreement import cohen_kappa, fleiss_kappa, percent_of
from casework.report.agreement_alpha import alpha_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_MUCH, _LITTLE = 0.8, 0.6
"""Agreement from which a kappa below the second asks for the sentence on what is rare (Feinstein & Cicchetti, 1990)."""

_PAIR = 2
_COLUMNS = {
    "coders": int,
    "units": int,
    "left_out": int,
    "marked": float,
    "percent": float,
    "kappa": float,
    "alpha": float,
    "differed": int,
}


def agreement_frame(units: pd.DataFrame) -> pd.DataFrame:
    """Return how far coders agree, by item and on all items together.

    Parameters
    ----------
    units : pandas.DataFrame
        As `units_by_beat`, `units_by_interval` or `units_by_second` give it.

    Returns
    -------
    pandas.DataFrame
        One row for each item (index `item`), and a last one, ``""``, for all together, with the columns

        =========  =====  ================================================================================
        coders     int    who saw at least one unit
        units      int    beats, intervals or seconds that all of them saw
        left_out   int    those that somebody did not see; only `alpha` and `differed` look at them
        marked     float  the share of codings in which the item was marked, from 0 to 1
        percent    float  how often two coders say the same, from 0 to 1
        kappa      float  Cohen's for two coders, Fleiss' for more
        alpha      float  Krippendorff's, nominal
        differed   int    units in which coders differed; `differences_frame` names them
        =========  =====  ================================================================================

        NaN where a figure says nothing; the table in `casework.report.agreement` tells when.
    """
    import numpy as np  # noqa: PLC0415  only when something is compared

    codes = np.where(units.isna(), -1, units.fillna(value=False).to_numpy(dtype=int)).T
    return agreement_of(units.index.get_level_values("item"), codes)


def agreement_of(items: pd.Index[str], codes: NDArray[np.int64]) -> pd.DataFrame:
    """Return the same from coders by units, 1 marked, 0 unmarked and -1 not seen, with the item of each unit."""
    import pandas as pd  # noqa: PLC0415  only when something is compared

    names = list(dict.fromkeys(items))
    rows = [_figures(part) for part in [*(codes[:, items == name] for name in names), codes]]
    frame = pd.DataFrame(rows, index=pd.Index([*names, ""], name="item"), columns=list(_COLUMNS))
    return frame.astype(_COLUMNS)


def _figures(codes: NDArray[np.int64]) -> tuple[float, ...]:
    """Return a row of the frame, from coders by units: 1 marked, 0 unmarked, -1 not seen."""
    import numpy as np  # noqa: PLC0415  as heavy as pandas

    seen = codes[(codes >= 0).any(axis=1)]
    whole = seen[:, (seen >= 0).all(axis=0)]
    differed = (seen == 1).any(axis=0) & (seen == 0).any(axis=0)
    return (
        len(seen),
        whole.shape[1] if len(seen) else 0,
        codes.shape[1] - whole.shape[1] if len(seen) else 0,
        float(whole.mean()) if whole.size else math.nan,
        percent_of(whole),
        _kappa(whole),
        alpha_of(seen, np.arange(2.0), "nominal"),
        int(differed.sum()),
    )


def _kappa(codes: NDArray[np.int64]) -> float:
    import numpy as np  # noqa: PLC0415  as heavy as pandas

    if len(codes) < _PAIR:
        return math.nan
    if len(codes) == _PAIR:
        return cohen_kappa(*codes)
    marked = codes.sum(axis=0)
    return fleiss_kappa(np.column_stack([marked, len(codes) - marked]))


def explain_agreement(percent: float, kappa: float, units: int, language: str = "en") -> tuple[str, dict[str, str]]:
    """Return the sentence that goes with a figure: its key among the interface's words, and what fills it in.

    Parameters
    ----------
    percent : float
        How often two coders say the same, from 0 to 1.
    kappa : float
        Beyond chance; NaN where it says nothing.
    units : int
        How many beats, intervals or seconds were compared.
    language : str, optional
        In which numbers are written.

    Returns
    -------
    str
        ``"agreement.nothing"`` where nothing was compared, ``"agreement.same"`` where nothing varied,
        ``"agreement.full"``, ``"agreement.rare"`` where nearly all agree and kappa is low all the same,
        ``"agreement.below"`` where kappa is below 0, and ``"agreement.beyond"`` else.
    dict of str to str
        `percent`, `units`, `kappa` and `chance` (how often chance alone would give agreement), as people write them.

    References
    ----------
    Feinstein, A. R., & Cicchetti, D. V. (1990). High agreement but low kappa: I. The problems of two paradoxes.
    Journal of Clinical Epidemiology, 43(6), 543-549.

    Examples
    --------
    >>> explain_agreement(0.85, 0.318, 100)
    ('agreement.rare', {'percent': '85%', 'units': '100', 'kappa': '0.32', 'chance': '78%'})
    """
    if math.isnan(percent):
        return "agreement.nothing", {}
    chance = (percent - kappa) / (1 - kappa) if kappa < 1 else math.nan
    return _key(percent, kappa), _written(percent, kappa, chance, units, language)


def _key(percent: float, kappa: float) -> str:
    if math.isnan(kappa):
        return "agreement.same"
    if kappa == 1:
        return "agreement.full"
    if percent >= _MUCH and kappa < _LITTLE:
        return "agreement.rare"
    return "agreement.below" if kappa < 0 else "agreement.beyond"


def _written(percent: float, kappa: float, chance: float, units: int, language: str) -> dict[str, str]:
    from babel.numbers import format_decimal, format_percent  # noqa: PLC0415  only when something is said

    shares = {"percent": percent, "chance": chance}
    told = {name: "" if math.isnan(share) else format_percent(share, locale=language) for name, share in shares.items()}
    number = "" if math.isnan(kappa) else format_decimal(kappa, format="0.00", locale=language)
    return {
        "percent": told["percent"],
        "units": format_decimal(units, locale=language),
        "kappa": number,
        "chance": told["chance"],
    }
