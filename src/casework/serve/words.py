"""What our pages say, in each language they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = {
    "skip": "Skip to the content",
    "site": "Workbooks",
    "gallery_title": "Workbooks",
    "gallery_lead": (
        "Stories from everyday work with babies, toddlers and their families, to read slowly and think about."
    ),
    "minutes": "About {minutes} minutes",
    "open": "Read in English",
    "cannot_open": (
        "The file of this workbook cannot be opened. "
        "Whoever looks after these pages finds the reason in the server's window."
    ),
    "empty_title": "No workbooks here yet",
    "empty": "Put a notebook into the folder {folder}, and it appears here as soon as this page is loaded again.",
    "footer": (
        "What you write is kept on the computer that serves these pages: no page shows it to anyone else, "
        "though whoever runs that computer could open its file."
    ),
    "opening": "Opening the workbook…",
    "opening_long": "Still opening. This can take a little longer when many people arrive at once.",
    "opening_lost": "The workbook did not open. Load the page again; what you wrote before is kept.",
    "no_script": "This page needs JavaScript. Turn it on for this site and load the page again.",
    "cell_error": (
        "This part of the page could not be opened. What you wrote before is kept. "
        "Load the page again; if this stays, tell the person who gave you the link."
    ),
    "welcome_title": "Welcome back",
    "welcome": (
        "Somebody has written in these workbooks on this device before. "
        "If that was you, your words are waiting where you left them."
    ),
    "continue": "Continue",
    "someone_else": "I am someone else",
    "welcome_note": "Someone else begins with empty pages, and sees nothing of what was written before.",
    "missing_title": "There is no page here",
    "missing": "The address may have a slip in it, or the workbook has moved.",
    "broken_title": "This workbook cannot be opened",
    "broken": "Its file is damaged. Whoever looks after these pages finds the reason in the server's window.",
    "store_title": "The workbook stays closed for now",
    "store": (
        "The place where words are kept does not answer, so nothing you write could be saved. Try again in a minute."
    ),
    "trouble_title": "This page could not be shown",
    "trouble": "Go back and try again. What you wrote before is kept.",
    "to_gallery": "All workbooks",
}

_SPANISH = {
    "skip": "Ir al contenido",
    "site": "Cuadernos",
    "gallery_title": "Cuadernos",
    "gallery_lead": (
        "Historias del trabajo cotidiano con bebés, niños pequeños y sus familias, "
        "para leer despacio y pensar con calma."
    ),
    "minutes": "Unos {minutes} minutos",
    "open": "Leer en español",
    "cannot_open": (
        "El archivo de este cuaderno no se puede abrir. "
        "Quien cuida estas páginas encuentra el motivo en la ventana del servidor."
    ),
    "empty_title": "Todavía no hay cuadernos",
    "empty": "Ponga un cuaderno en la carpeta {folder}; aparece aquí en cuanto se vuelve a cargar esta página.",
    "footer": (
        "Lo que usted escribe se guarda en la computadora que ofrece estas páginas: ninguna página se lo muestra "
        "a otra persona, aunque quien administra esa computadora podría abrir el archivo."
    ),
    "opening": "Abriendo el cuaderno…",
    "opening_long": "Todavía se está abriendo. Puede tardar un poco más cuando llegan muchas personas a la vez.",
    "opening_lost": "El cuaderno no se abrió. Vuelva a cargar la página; lo que escribió antes sigue guardado.",
    "no_script": "Esta página necesita JavaScript. Actívelo para este sitio y vuelva a cargar la página.",
    "cell_error": (
        "Esta parte de la página no se pudo abrir. Lo que escribió antes sigue guardado. "
        "Vuelva a cargar la página; si continúa así, avise a la persona que le dio el enlace."
    ),
    "welcome_title": "Qué bueno verle de nuevo",
    "welcome": (
        "Alguien ya escribió en estos cuadernos desde este dispositivo. "
        "Si fue usted, sus palabras le esperan donde las dejó."
    ),
    "continue": "Continuar",
    "someone_else": "Soy otra persona",
    "welcome_note": "Otra persona empieza con páginas en blanco y no ve nada de lo que se escribió antes.",
    "missing_title": "Aquí no hay ninguna página",
    "missing": "Puede que la dirección tenga un error, o que el cuaderno haya cambiado de lugar.",
    "broken_title": "Este cuaderno no se puede abrir",
    "broken": "Su archivo está dañado. Quien cuida estas páginas encuentra el motivo en la ventana del servidor.",
    "store_title": "Por ahora el cuaderno queda cerrado",
    "store": (
        "El lugar donde se guardan las palabras no responde, y lo que usted escribiera no se podría guardar. "
        "Intente de nuevo en un minuto."
    ),
    "trouble_title": "Esta página no se pudo mostrar",
    "trouble": "Regrese e intente de nuevo. Lo que escribió antes sigue guardado.",
    "to_gallery": "Todos los cuadernos",
}

_WORDS = {"en": _ENGLISH, "es": _SPANISH}


def words(language: str) -> Mapping[str, str]:
    """Return what our pages say in a language; in English for a language they do not speak."""
    return _WORDS.get(language.split("-", maxsplit=1)[0].lower(), _ENGLISH)


def open_words(language: str) -> str:
    """Return the words on the button that opens a workbook, in the workbook's own language."""
    code = language.split("-", maxsplit=1)[0].lower()
    return _WORDS[code]["open"] if code in _WORDS else language


def choose_language(accept: str) -> str:
    """Return the language of ours that a browser's ``Accept-Language`` prefers, or English."""
    for part in sorted(accept.split(","), key=_weight, reverse=True):
        code = part.split(";")[0].split("-")[0].strip().lower()
        if code in _WORDS:
            return code
    return "en"


def _weight(part: str) -> float:
    try:
        return float(part.partition(";q=")[2] or 1)
    except ValueError:
        return 0
