"""Rehearsing: people made of rules, who join a real server and do in a session what people would do.

`guest` is one of their devices: it speaks HTTP and the room's protocol as a browser does. `players` decide what they
do next. `rehearse` plays a whole workbook with them; the command of that name calls it.
"""
