"""A relationship map as a picture to keep: SVG that needs nothing but itself, in colours for paper."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from casework.activity.map_layout import bow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PAPER, INK, SOFT, RING = "#fbf8f3", "#22303a", "#56626b", "#e6ddcf"
COLOURS: Mapping[str, str] = {
    "child": "#9a5b00",
    "family": "#7a3b69",
    "around": "#4a5568",
    "practitioner": "#1f5fa8",
    "consultant": "#2c6e49",
}
"""The edge of a person's box, by where they stand."""
LINES: Mapping[str, tuple[tuple[str, float, str, str], ...]] = {
    "close": (("#2c6e49", 5, "", "round"),),
    "strained": (("#9b2c1f", 1.75, "", "butt"), ("#9b2c1f", 14, "2 8", "butt")),
    "both": (("#2c6e49", 5, "", "round"), ("#9b2c1f", 14, "2 8", "butt")),
    "distant": (("#4a5568", 2, "14 11", "butt"),),
    "unknown": (("#4a5568", 3, "0.1 9", "round"),),
    "given": (("#a79d8d", 1.25, "", "butt"),),
}
"""The strokes of each quality, one upon the other: colour, width, dashes, ends. The page draws the same."""
WIDTH = 620.0
"""How wide the picture is, in pixels, without its margins."""
_PAD, _KEY_LINE, _COLUMNS = 32.0, 30.0, 3
_SERIF = "'Casework Serif', 'Source Serif 4', Charter, Georgia, serif"
_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def draw_svg(
    shown: Mapping[str, Any], title: str, under: str, words: Mapping[str, str], sheet: str | None = None
) -> str:
    """Return a map as one SVG file.

    Parameters
    ----------
    shown : Mapping
        What `map_view.drawing` returns.
    title, under : str
        What stands above the drawing; `under` may be empty.
    words : Mapping[str, str]
        The interface's words.
    sheet : str, optional
        Which of the two drawings, ``"wide"`` or ``"narrow"``; the one where somebody was moved last, if not given.
    """
    layout = _spread(shown["layouts"][sheet or shown["sheet"]])
    key, foot = _key(shown, words)
    heads = wrap(title, 34)
    head = 24 + 32 * len(heads) + (24 if under else 0)
    height = layout["height"] + head + 2 * _PAD + foot
    name, told = escape(" · ".join(filter(None, (title, under)))), escape(" ".join(shown["told"]))
    width = WIDTH + 2 * _PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" style="max-width:100%;height:auto">'
        f'<title>{name}</title><desc>{told}</desc><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{_head(heads, under)}"
        f'<g transform="translate({_PAD:.0f} {head + _PAD / 2:.0f})">{draw(shown, layout)}</g>'
        f'<g transform="translate({_PAD:.0f} {height - foot - 8:.0f})">{key}</g></svg>'
    )


def _spread(layout: Mapping[str, Any]) -> Mapping[str, Any]:
    """Spread a layout over the picture's width, as a page spreads it over its own."""
    by = WIDTH / layout["width"]
    return {
        **layout,
        "centre": (layout["centre"][0] * by, layout["centre"][1]),
        "rings": [(across * by, along) for across, along in layout["rings"]],
        "boxes": {id_: {**box, "x": round(box["x"] * by, 1)} for id_, box in layout["boxes"].items()},
        "size": 17 if layout["width"] > 400 else 15,  # noqa: PLR2004  the wide sheet, or the narrow
    }


def draw(shown: Mapping[str, Any], layout: Mapping[str, Any]) -> str:
    """Return the rings, the lines and the people of a map as SVG, without a frame."""
    x, y = layout["centre"]
    rings = "".join(
        f'<ellipse cx="{x:.1f}" cy="{y}" rx="{across:.1f}" ry="{along}" fill="none" stroke="{RING}" '
        'stroke-width="1.5"/>'
        for across, along in layout["rings"]
    )
    lines = "".join(_line(tie, layout) for tie in shown["ties"])
    people = "".join(_person(one, layout["boxes"][one["id"]], layout["size"]) for one in shown["people"])
    return rings + lines + people


def strokes(quality: str, path: str) -> str:
    """Return the strokes of a quality along a path."""
    return "".join(
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="{ends}"'
        + (f' stroke-dasharray="{dashes}"/>' if dashes else "/>")
        for colour, width, dashes, ends in LINES[quality]
    )


def _line(tie: Mapping[str, Any], layout: Mapping[str, Any]) -> str:
    one, other = (layout["boxes"][tie[side]] for side in ("one", "other"))
    start, end = (one["x"], one["y"]), (other["x"], other["y"])
    x, y = bow(start, end, layout["bends"].get(f"{tie['one']}/{tie['other']}", 0))
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{x:.1f} {y:.1f} {end[0]:.1f} {end[1]:.1f}"
    return strokes(tie["quality"] or "given", path)


def _person(one: Mapping[str, Any], box: Mapping[str, Any], size: float) -> str:
    width, height = box["width"], box["height"]
    child = one["place"] == "child"
    line = size * 1.2
    edge = COLOURS[one["place"]]
    round_ = height / 2 if child else 10
    top = -line * (len(box["lines"]) - 1) / 2 + size * 0.33
    spans = "".join(
        f'<tspan x="0" y="{top + number * line:.1f}">{escape(text)}</tspan>' for number, text in enumerate(box["lines"])
    )
    return (
        f'<g transform="translate({box["x"]} {box["y"]})">'
        f'<rect x="{-width / 2:.1f}" y="{-height / 2:.1f}" width="{width}" height="{height}" rx="{round_:.1f}" '
        f'fill="{edge if child else "#fffdfa"}" stroke="{edge}" stroke-width="1.75"/>'
        f'<text text-anchor="middle" font-family="{_SERIF}" font-size="{size}" '
        f'fill="{"#ffffff" if child else INK}">{spans}</text></g>'
    )


def _head(heads: Iterable[str], under: str) -> str:
    lines = [
        f'<text x="{_PAD}" y="{52 + 32 * number}" font-family="{_SERIF}" font-size="27" fill="{INK}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(heads)
    ]
    if under:
        y = 46 + 32 * len(lines)
        lines.append(
            f'<text x="{_PAD}" y="{y}" font-family="{_SANS}" font-size="14" fill="{SOFT}">{escape(under)}</text>'
        )
    return "".join(lines)


def _key(shown: Mapping[str, Any], words: Mapping[str, str]) -> tuple[str, float]:
    """Return what the lines mean, in columns, and how high that is."""
    used = qualities_of(shown)
    parts = []
    for number, quality in enumerate(used):
        x, y = (number % _COLUMNS) * WIDTH / _COLUMNS, 12 + number // _COLUMNS * _KEY_LINE
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f})">{strokes(quality, "M4 0H52")}<text x="66" y="5" '
            f'font-family="{_SANS}" font-size="14" fill="{SOFT}">{escape(words[f"map.quality_{quality}"])}</text></g>'
        )
    return "".join(parts), -(-len(used) // _COLUMNS) * _KEY_LINE


def qualities_of(shown: Mapping[str, Any]) -> list[str]:
    """Return the qualities that a map shows, in the order of the key."""
    there = {tie["quality"] or "given" for tie in shown["ties"]}
    return [quality for quality in LINES if quality in there]


def picture_address(svg: str) -> str:
    """Return a picture as an address that holds it whole, for the `src` of an image."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
