"""Groups on the server: rooms held in memory, their pages, and their sockets.

=====================  ======================================================================
`registry`             the rooms that are open, each rebuilt from the store when first asked for
`held`, `line`         one room: what comes in is stored, then shown; one page of it
`wish`                 what is asked of a room, and what its rules make of it
`socket`               the WebSocket: frames, roles from cookies, limits
`joining`              the pages to join, to work on and to project, and one's own pages
`leading`, `desk`      the trainer link, the desk, opening, closing, purging
`keys`, `limits`       the keys in trainer links and the trainer's cookie; how much of anything is allowed
=====================  ======================================================================

The rules are `casework.live`; nothing here decides who may see what.
"""
