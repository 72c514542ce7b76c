"""The one door to what people leave behind."""

from __future__ import annotations

from casework.store._care import Care
from casework.store._carried import Carried
from casework.store._codes import Codes
from casework.store._engine import default_url, read_address, sentences
from casework.store._erasing import Erasing
from casework.store._own import Own
from casework.store._people import People
from casework.store._rooms import Rooms
from casework.store._tables import SCHEMA
from casework.store._upgrade import upgrade_tables
from casework.store.feed import Feed, open_feed


def open_store(url: str | None = None) -> Store:
    """Open the store.

    Parameters
    ----------
    url : str, optional
        A database address such as ``sqlite:////path/to/file.sqlite``. By default the environment's
        ``CASEWORK_STORE``, and without it a SQLite file in the user's data folder.

    Returns
    -------
    Store
        Ready for use; its tables are made where they are missing, and upgraded on SQLite.

    Raises
    ------
    StoreError
        If the database cannot be opened, was written by a newer casework, or waits to be upgraded.
    """
    return Store(url or default_url())


def upgrade_store(url: str | None = None) -> tuple[int, int]:
    """Bring a store's tables to what this casework needs.

    Parameters
    ----------
    url : str, optional
        As in `open_store`, which does the same by itself for a SQLite file.

    Returns
    -------
    tuple of int
        The version that the tables had, and the one that they have now.

    Raises
    ------
    StoreError
        If the database cannot be opened, or was written by a newer casework.
    """
    address = read_address(url or default_url())
    with sentences(address):
        return upgrade_tables(address), SCHEMA


class Store(People, Codes, Rooms, Own, Carried, Erasing, Care):
    """Append-only events, and who may read them.

    Parameters
    ----------
    url : str
        The database's address.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.finish_erasing(0.0)  # that somebody's reading had kept from being finished

    def feed(self) -> Feed:
        """Return a new feed, which wakes when something is stored; close it when it is no longer listened to."""
        with sentences(self._engine.url):
            return open_feed(self._engine)
