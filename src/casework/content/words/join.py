"""What the pages say with which people join a group, and the shells of the pages that they work on."""

JOIN = {
    "site.language_name": "English",
    "site.languages_label": "Languages",
    "site.join_title": "Join a session",
    "site.join_lead": "Enter the code that the screen shows, or that somebody told you.",
    "site.join_code": "Code of the session",
    "site.join_code_note": "Six letters and numbers. Capitals and spaces make no difference.",
    "site.join_go": "Go on",
    "site.join_unknown": "No session has this code. Look at it once more; the session may also be closed by now.",
    "site.join_wait": "Too many codes were tried from here. Try again in {number} seconds.",
    "site.join_near": "Whoever is not in the same building may need another address: ask whoever leads the session.",
    "site.join_convened": "{convener} has convened this session.",
    "site.join_kept_title": "What is kept, and who sees it",
    "site.join_private": (
        "What you write is only yours until you share it, one question at a time. "
        "Before you share, the page says with whom: with {convener} alone, or with the group."
    ),
    "site.join_unnamed": (
        "What you share without your name appears once at least {floor} people have shared on the same question, "
        "and in an order that tells nothing."
    ),
    "site.join_seen": (
        "{convener} sees who is here and who is connected, and how many have answered, but not who. "
        "To keep something to yourself is a way of taking part."
    ),
    "site.join_where": (
        "What you write, choose and mark is kept with its time, under a random number, on the computer that serves "
        "this page. Whoever runs that computer could open its file."
    ),
    "site.join_http": "This page is not encrypted on its way: somebody on the same network could read along.",
    "site.join_days": "All of it is erased {days} days after the session is closed.",
    "site.join_care": (
        "Write no names, and nothing that a family could be known by. Nobody keeps watch over what is written here; "
        "it is no clinical record, and it replaces no duty to report."
    ),
    "site.join_name": "What shall we call you? You can leave this empty.",
    "site.join_name_note": (
        "Any name will do. It stands in the list of those who are here, and beside what you share with your name."
    ),
    "site.join_do": "Join",
    "site.join_again": "Somebody took part from this device before. If that was you, your words are still here.",
    "site.join_shared": "Others use this device, too: forget me when the browser closes",
    "site.full_title": "This session is full",
    "site.full": "As many people take part as it can hold. Tell whoever leads it.",
    "site.over_title": "This session has ended",
    "site.over": "Nobody joins it any more. Whoever took part finds their own words under “Your work here”.",
    "site.content_gone_title": "This session cannot be opened now",
    "site.content_gone": "Something that it needs is missing. Tell whoever leads it; what was written is kept.",
    "site.no_room_title": "There is no such session here",
    "site.no_room": "The code may have a slip in it, or the session is closed. What you wrote is kept.",
    "site.lead_title": "This link leads nowhere",
    "site.lead": "It may have been cut in two, or the session that it belonged to was erased.",
    "site.room_title": "Session",
    "site.screen_title": "Screen of the session",
    "site.own_title": "Your own pages",
    "site.room_opening": "Opening the session…",
}
