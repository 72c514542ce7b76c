"""Groups: a room, what its people may do in it, and what each page of it sees; no network, no page, no store.

================================  ================================================================
`protocol`, `frames`              every message between a room and its pages, both ways
`agenda`                          the notebook's activities as a room opens them
`state`                           what a room knows; who is who, and what was fixed before it opened
`room`, `trainer`, `leading`      the rules: what comes of a message, and the fold
`together`, `dealing`             walking as a group; perspectives dealt evenly
`board`, `showing`                what may be shown to whom, and what each page is sent
`invitation`                      addresses that phones reach, QR codes
================================  ================================================================
"""
