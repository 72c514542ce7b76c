"""Loaded before every other plugin (``pytest -p tests.lean``): leaves out what costs two seconds and is used by nobody.

Reading notebooks imports a library that checks JSON, and this one builds a grammar of international web addresses while
it is imported. No notebook is checked by it. `casework serve` leaves it out as well.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # the documented way to say "not here"
