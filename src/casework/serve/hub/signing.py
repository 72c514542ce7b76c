"""Who somebody is, asked of the hub at each request; in the store they are a number, and no name is kept."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit
from weakref import WeakKeyDictionary

from casework.errors import ServeError
from casework.store import Device

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from casework.serve.hub.place import HubPlace
    from casework.serve.pages import Site
    from casework.store import Store

TOKEN_COOKIE = "casework-hub"  # noqa: S105  a name
"""Holds what the hub gave this browser to ask it who is there; gone when the browser closes."""

KNOWN_SECONDS = 60
"""For how long the hub's answer holds: somebody who may not come in any more is out after that."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in by the hub."""

    device: Device
    """Their pseudonymous learner, in this browser."""
    trainer_id: str | None
    """The pseudonym under which they lead; None for whoever does not."""


class Hub:
    """A hub that says who somebody is.

    Parameters
    ----------
    place : HubPlace
        How it is asked.
    store : Store
        Where pseudonyms are kept.
    secret : bytes
        What pseudonyms are made with. Whoever loses it loses who is who.
    """

    def __init__(self, place: HubPlace, store: Store, secret: bytes) -> None:
        try:
            auth = import_module("jupyterhub.services.auth")  # only where a hub runs this
        except ImportError as error:
            msg = "With --pages hub casework needs JupyterHub's own library. Install it: pip install 'casework[hub]'."
            raise ServeError(msg) from error
        self.place = place
        self._store, self._secret = store, secret
        self._people: WeakKeyDictionary[RequestHandler, Person | None] = WeakKeyDictionary()
        self._oauth: Any = auth.HubOAuth(
            api_url=place.api_url,
            api_token=place.api_token,
            oauth_client_id=place.client_id,
            access_scopes=set(place.scopes),
            base_url=place.base_url,
            hub_host=place.hub_host,
            hub_prefix=place.hub_path,
            cache_max_age=KNOWN_SECONDS,
        )

    @property
    def sign_out_url(self) -> str:
        """Where one signs out of the hub itself."""
        return f"{self.place.hub_host}{self.place.hub_path}logout"

    def begin(self, handler: RequestHandler, wanted: str) -> str:
        """Return where in the hub a browser goes to sign in, and keep in a cookie that it was sent there from here."""
        verifier, challenge, method = self._oauth.generate_pkce_code_challenge()
        asked = {
            "client_id": self.place.client_id,
            "redirect_uri": self._oauth.oauth_redirect_uri,
            "response_type": "code",
            "state": self._oauth.set_state_cookie(handler, wanted, code_verifier=verifier),
            "code_challenge": challenge,
            "code_challenge_method": method,
        }
        return f"{self._oauth.oauth_authorization_url}?{urlencode(asked)}"

    async def finish(self, handler: RequestHandler, state: str, code: str) -> tuple[str, str] | None:
        """Return the token of a browser that comes back from the hub, and where it wanted to go.

        None for one that was not sent there from here, as when somebody else made up the link.
        """
        kept = handler.get_signed_cookie(self._oauth.get_state_cookie_name(state)) or b""
        self._oauth.clear_oauth_state_cookies(handler)
        verifier, wanted = self._oauth.get_code_verifier(state), self._oauth.get_next_url(state)
        if not (state and code and verifier and hmac.compare_digest(kept, state.encode())):
            return None
        self._oauth.clear_oauth_state(state)
        token: str = await self._oauth.token_for_code(code, code_verifier=verifier, sync=False)
        return token, wanted

    async def person(self, handler: RequestHandler) -> Person | None:
        """Return who a request comes from; None for whoever has not signed in, or may not come in."""
        if handler not in self._people:
            token = (handler.get_signed_cookie(TOKEN_COOKIE) or b"").decode()
            self._people[handler] = await self.recognise(handler, token) if token else None
        return self._people[handler]

    def has_met(self, handler: RequestHandler) -> bool:
        """Return whether a request was found to come from somebody who has signed in."""
        return self._people.get(handler) is not None

    async def recognise(self, handler: RequestHandler, token: str) -> Person | None:
        """Return whose token this is; None if the hub does not know it any more, or they may not come in."""
        session = self._oauth.get_session_id(handler)  # so that signing out of the hub is noticed at once
        told = await self._oauth.user_for_token(token, session_id=session, sync=False)
        if not told or told.get("kind") != "user" or not self._oauth.check_scopes(self.place.scopes, told):
            return None
        leads = self.place.trainers in told.get("groups", ())
        return await asyncio.to_thread(self._find, str(told["name"]), token, leads=leads)

    def _find(self, name: str, token: str, *, leads: bool) -> Person:
        learner = self._store.local_visit(self._pseudonym("learner", name)).learner_id
        trainer = self._store.local_visit(self._pseudonym("trainer", name)).learner_id if leads else None
        return Person(Device(f"hub/{hashlib.sha256(token.encode()).hexdigest()}", learner), trainer)

    def _pseudonym(self, role: str, name: str) -> str:
        return hmac.new(self._secret, f"{role}/{name}".encode(), hashlib.sha256).hexdigest()


async def must_sign_in(handler: RequestHandler) -> bool:
    """Lead whoever has yet to sign in to where one does; return False where nobody needs to."""
    site: Site = handler.settings["casework"]
    if site.hub is None or await site.hub.person(handler):
        return False
    handler.redirect(site.url(f"login?next={quote(handler.request.uri or '', safe='')}"))
    return True


def own_address(site: Site, wanted: str) -> str:
    """Return an address if it leads to these very pages; else that of the first of them."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return site.base_url
    leads_elsewhere = parts.scheme or parts.netloc or "\\" in wanted or not wanted.isprintable()
    return site.base_url if leads_elsewhere or not parts.path.startswith(site.base_url) else wanted
