"""What people leave behind: append-only events behind one door.

`open_store` gives a `Store`: SQLite in the user's data folder, or the database that ``CASEWORK_STORE``
names. Nothing outside this package knows a table. What a function of the store returns depends on the
`Visit` it is given, so that no caller can forget to ask who is reading.
"""

from casework.store._looking import Looked, look_at_store
from casework.store._own import OwnEvent, OwnFile
from casework.store.feed import Feed
from casework.store.records import (
    Checked,
    Device,
    Erased,
    GroupRun,
    ListedRun,
    Participant,
    Run,
    SharedEvent,
    Tally,
    Visit,
)
from casework.store.store import Store, open_store, upgrade_store

__all__ = [
    "Checked",
    "Device",
    "Erased",
    "Feed",
    "GroupRun",
    "ListedRun",
    "Looked",
    "OwnEvent",
    "OwnFile",
    "Participant",
    "Run",
    "SharedEvent",
    "Store",
    "Tally",
    "Visit",
    "look_at_store",
    "open_store",
    "upgrade_store",
]
