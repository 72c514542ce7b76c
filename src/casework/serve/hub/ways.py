"""The addresses by which people sign in by the hub, and out again."""

from __future__ import annotations

import logging

from casework.errors import StoreError
from casework.serve.cookies import cookie_flags
from casework.serve.hub.signing import TOKEN_COOKIE, Hub, own_address
from casework.serve.pages import Page, draw_message

log = logging.getLogger("casework")

FORBIDDEN = 403


class HubPage(Page):
    """An address between these pages and the hub."""

    def prepare(self) -> None:
        """Let no browser keep where it was sent."""
        self.set_header("Cache-Control", "no-store")

    @property
    def hub(self) -> Hub:
        """The hub."""
        hub = self.site.hub
        assert hub is not None  # noqa: S101  these addresses are there with a hub alone
        return hub


class SignIn(HubPage):
    """Sends a browser to the hub, which asks who is there."""

    async def get(self) -> None:
        """Send it; or on, if the hub has said so already."""
        wanted = own_address(self.site, self.get_query_argument("next", ""))
        self.redirect(wanted if await self.hub.person(self) else self.hub.begin(self, wanted))


class SignedIn(HubPage):
    """Where a browser comes back from the hub."""

    async def get(self) -> None:
        """Let in whoever the hub lets in."""
        state, code = self.get_query_argument("state", ""), self.get_query_argument("code", "")
        found = await self.hub.finish(self, state, code)
        if found is None:
            draw_message(self, FORBIDDEN, "sign_in_again")
            return
        token, wanted = found
        try:
            person = await self.hub.recognise(self, token)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            draw_message(self, 503, "store")
            return
        if person is None:
            draw_message(self, FORBIDDEN, "no_access")
            return
        self.set_signed_cookie(TOKEN_COOKIE, token, expires_days=None, **cookie_flags(self))
        self.redirect(wanted)


class SignOut(HubPage):
    """Where one signs out."""

    async def get(self) -> None:
        """Lead to the page that asks once more: signing out ends what is open."""
        self.redirect(self.site.url("mine/clear"))


HANDLERS = [("login", SignIn), ("oauth_callback", SignedIn), ("logout", SignOut)]
"""Under which addresses these are, after the base URL."""
