"""The keys in trainer links, and the cookie that a key is exchanged for.

A key is made from the server's secret, so that it can be shown again and is kept nowhere; the file of that secret,
beside the store, is readable by its owner alone. Who takes it away makes every link and every trainer's cookie void.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.serve.cookies import cookie_flags

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from casework.serve.pages import Site
    from casework.store import Run, Store

TRAINER_COOKIE = "casework-trainer"
COOKIE_DAYS = 90

_OPENS, _LEADS = "o", "l"


@dataclass(frozen=True, slots=True)
class Trainer:
    """Somebody who came with a trainer link."""

    id: str
    """Their pseudonym in the store."""
    may_open: bool
    """Whether they may open rooms, rather than lead those whose links they had."""


def server_key(secret: bytes) -> str:
    """Return the key that may open rooms."""
    return _made(secret, "open rooms")


def room_key(secret: bytes, run_id: str) -> str:
    """Return the key that may lead one room."""
    return f"{run_id}.{_made(secret, 'lead', run_id)}"


def read_key(secret: bytes, key: str) -> str | None:
    """Return what a key is for: a run's id, nothing for the server's own; None if it is no key."""
    run_id, dot, _ = key.partition(".")
    right = room_key(secret, run_id) if dot else server_key(secret)
    return (run_id if dot else "") if hmac.compare_digest(right.encode(), key.encode()) else None


def _made(secret: bytes, *what: str) -> str:
    made = hmac.new(secret, "/".join(("casework", *what)).encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


async def find_trainer(handler: RequestHandler) -> Trainer | None:
    """Return the trainer whose cookie a request carries, or whom the hub names; None for anyone else."""
    site: Site = handler.settings["casework"]
    if site.hub is not None and (person := await site.hub.person(handler)) and person.trainer_id:
        return Trainer(person.trainer_id, may_open=True)
    told = (handler.get_signed_cookie(TRAINER_COOKIE, max_age_days=COOKIE_DAYS) or b"").decode()
    if not told.startswith((_OPENS, _LEADS)):
        return None
    device = await asyncio.to_thread(site.store.find_device, told[1:])
    return None if device is None else Trainer(device.learner_id, may_open=told.startswith(_OPENS))


async def welcome_trainer(handler: RequestHandler, run: Run | None) -> Trainer:
    """Let whoever brought a key be a trainer from now on: of one room, or of those that they open."""
    store: Store = handler.settings["casework"].store
    known = await find_trainer(handler)
    if known is None:
        device = await asyncio.to_thread(store.register_device)
        known, token = Trainer(device.learner_id, may_open=False), device.token
    else:
        token = (handler.get_signed_cookie(TRAINER_COOKIE) or b"").decode()[1:]
    trainer = Trainer(known.id, known.may_open or run is None)
    told = (_OPENS if trainer.may_open else _LEADS) + token
    handler.set_signed_cookie(TRAINER_COOKIE, told, expires_days=COOKIE_DAYS, **cookie_flags(handler))
    if run is not None and not await asyncio.to_thread(store.may_lead, trainer.id, run.id):
        await asyncio.to_thread(store.record_visit, trainer.id, "trainer", run.id)
    return trainer
