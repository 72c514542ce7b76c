"""What the trainer's desk says."""

DESK = {
    # the top
    "group.desk_here": "{count} people are here",
    "group.desk_here_one": "1 person is here",
    "group.desk_away": "{count} without connection",
    "group.desk_lost": "The connection to the room is gone. It comes back by itself; what you press now is sent then.",
    "group.desk_unread": (
        "This room cannot go on as its workbook and case are now. Whoever wrote them reads here what to mend:"
    ),
    "group.desk_few": (
        "Fewer than {floor} people: nothing can be shown unnamed. They may share with their name, or with you alone."
    ),
    "group.desk_undo": "Take back: {what}",
    "group.desk_unlit": "Take the card off the screen",
    "group.did_start": "the start",
    "group.did_open": "opening this activity",
    "group.did_extend": "the added time",
    "group.did_close": "closing the sharing",
    "group.did_pace": "the change of pace",
    "group.did_move": "the last step",
    "group.did_reveal": "what was shown last",
    "group.did_approve": "letting a card through",
    "group.did_hide": "hiding a card, or putting it back",
    "group.did_spotlight": "the card on the screen",
    "group.did_deal": "dealing the views",
    "group.did_end": "the end of the session",
    # the next thing
    "group.desk_now": "The next thing",
    "group.desk_when": "When everyone is here",
    "group.desk_wait": "Nobody is here yet",
    "group.desk_start": "Begin",
    "group.desk_next": "Next: {kind}",
    "group.desk_open": "Open {title}",
    "group.desk_minutes": "for how many minutes, if you like",
    "group.desk_begin": "Begin with everyone",
    "group.desk_scene": "Scene {at}",
    "group.desk_pause": "Go on to the pause",
    "group.desk_turn": "Go on to the choices",
    "group.desk_on": "Go on",
    "group.desk_ready": "There is something to show the group",
    "group.desk_reveal": "Show it to the group",
    "group.desk_vote": "Let the group vote",
    "group.desk_voting": "{count} of {people} have voted",
    "group.desk_count": "Count the votes",
    "group.desk_counted": "The votes are counted",
    "group.desk_show_votes": "Show how the group voted",
    "group.desk_votes": "{count} votes",
    "group.desk_votes_one": "1 vote",
    "group.desk_which": "Which way do you take together?",
    "group.desk_take": "Take: {way}",
    "group.desk_alone": "Each goes on alone",
    "group.desk_alone_until": "Each goes on alone until {date}.",
    "group.desk_together": "Lead the group again",
    "group.desk_all_done": "Everything on the agenda was opened",
    "group.desk_end": "End the session",
    "group.desk_end_sure": "Everyone sees the end then, and nothing more can be shared. Words are kept.",
    "group.desk_leave": "Leave it",
    # where the group is
    "group.desk_notes": "Your notes (only here)",
    "group.desk_back": "Back to an earlier turn",
    # boards
    "group.desk_other_forms": "Shared elsewhere",
    "group.desk_shared_none": "Nobody has shared yet.",
    "group.desk_shared": "{count} have shared.",
    "group.desk_shared_one": "1 person has shared.",
    "group.desk_kept": "{count} keep it to themselves.",
    "group.desk_kept_one": "1 person keeps it to themselves.",
    "group.desk_waiting": (
        "{count} wait until enough people have shared the same (at least {floor}, then three at a time)."
    ),
    "group.desk_waiting_one": (
        "1 waits until enough people have shared the same (at least {floor}, then three at a time)."
    ),
    "group.desk_nobody_from": "Nobody has shared from here yet: {names}.",
    "group.desk_revealed": "The group sees it",
    "group.desk_reveal_this": "Show to the group",
    "group.desk_hold": "Look through it first",
    "group.desk_unhold": "Let everything through",
    "group.desk_deal": "Deal views…",
    "group.desk_deal_which": "Which views do you deal out?",
    "group.desk_deal_now": "Deal them evenly",
    "group.desk_merge": "Show without views",
    "group.desk_unmerge": "Show by view",
    "group.desk_for_you": "for you alone",
    "group.desk_approve": "Let through",
    "group.desk_approved": "let through",
    "group.desk_light": "Show large",
    "group.desk_unlight": "No longer large",
    "group.desk_hide": "Hide",
    "group.desk_show": "Put back",
    "group.desk_reach": (
        "{people} people are too few for every view: with unnamed sharing, "
        "some would stay under {floor} (questions: {count})."
    ),
    "group.desk_reach_here": (
        "{people} people are too few for every view: some would stay under {floor}, and not be shown."
    ),
    "group.desk_reach_fewer": "Deal {count} views, show them without views, or ask people to share with their names.",
    "group.desk_reach_one": "Show them without views, or ask people to share with their names.",
    "group.desk_reach_named": "Ask people to share with their names, or with you alone.",
    # the agenda
    "group.desk_differs": "The notebook shows other activities than the room has.",
    "group.desk_send": "Send them to the room",
    "group.desk_changed": "The server has another version of this than your notebook. Load the page again.",
    "group.desk_at": "here",
    "group.desk_closed": "sharing closed",
    "group.desk_answered": "{count} have done something here.",
    "group.desk_answered_one": "1 person has done something here.",
    "group.desk_open_it": "Open",
    "group.desk_reopen": "Go back there",
    "group.desk_close": "Close sharing",
    "group.desk_time": "More time",
    "group.desk_timer": "A clock for everyone",
    "group.desk_more": "+ {count} min",
    "group.desk_pace": "Let each go on alone",
    "group.desk_pace_care": (
        "Everything on the agenda opens, and each goes on at their own pace. You can lead again at any time."
    ),
    "group.desk_until": "Until when, if you like",
    "group.desk_let_go": "Let them go on alone",
    # people
    "group.desk_people": "Who is here",
    "group.desk_nobody": "Nobody yet.",
    "group.desk_gone": "no connection",
    "group.desk_nameless": "And {count} without a name.",
    "group.desk_nameless_one": "And 1 without a name.",
    "group.desk_all_nameless": "{count} without a name.",
    "group.desk_all_nameless_one": "1 without a name.",
    "group.desk_nameless_gone": "{count} of them without connection.",
    # joining
    "group.desk_join": "How people come in",
    "group.desk_which_address": "Which address can phones reach?",
    "group.desk_copy": "Copy the link to join",
    "group.desk_copied": "Copied.",
    "group.desk_by_hand": "Copy it from here:",
    "group.desk_screen": "Open the screen for the projector",
    "group.desk_elsewhere": "Lead from another computer",
    "group.desk_elsewhere_care": "Whoever has this link leads this room. Give it to nobody who should not.",
    "group.desk_copy_trainer": "Copy the trainer's link",
    # rooms
    "group.desk_barred": (
        "Groups are led from here by whoever has a trainer's link. Open the link once in this browser, "
        "then load this page again."
    ),
    "group.desk_go_on": "Go on with a room of yours",
    "group.desk_closed_rooms": "Rooms that are closed",
    "group.desk_were_here": "{count} people were here",
    "group.desk_were_here_one": "1 person was here",
    "group.desk_new": "Open a room",
    "group.desk_convener": "Who convenes the session?",
    "group.desk_convener_hint": "Your name, as people see it before they join.",
    "group.desk_terms": "How private, and for how long",
    "group.desk_floor": "Unnamed words are shown from how many people on?",
    "group.desk_floor_hint": "At least 3. It cannot be changed once the room is open.",
    "group.desk_days": "Erase everything after how many days? Empty: keep it.",
    "group.desk_continues": "Does it go on from an earlier session?",
    "group.desk_continues_hint": (
        "If so, everybody finds their own earlier words again, for themselves alone, and your report sets figures of "
        "both side by side."
    ),
    "group.desk_continues_none": "No",
    "group.desk_open_room": "Open the room",
    "group.desk_over": (
        "What was shared is in your report, further down in this workbook. Everyone can still take their "
        "own pages along."
    ),
    "group.desk_close_room": "Close the room",
    "group.desk_close_sure": "Nobody can join or come back to this room then. What was shared stays for your report.",
    "group.desk_purge": "Erase the room",
    "group.desk_purge_sure": (
        "Everything that anyone wrote in this room is erased, for them and for you, and cannot be brought back."
    ),
    "group.desk_unknown": "This browser may not lead this room. Open its trainer's link, then load this page again.",
    "group.desk_bye_ended": "The room is closed. What was shared stays in your report, further down.",
    "group.desk_bye_erased": "The room was erased, with everything in it.",
    # keys
    "group.desk_keys": "Keys",
    "group.desk_keys_on": "Use these keys (not while you write)",
    "group.desk_key_n": "The next thing",
    "group.desk_key_r": "Show the group what is ready here",
    "group.desk_key_t": "One minute more",
    "group.desk_key_l": "Take the large card off",
    "group.desk_key_u": "Take back the last step",
}
