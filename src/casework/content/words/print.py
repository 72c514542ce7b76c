"""The words on paper, and on the map of the scenes."""

PRINT = {
    "print.handout": "Handout",
    "print.guide": "Trainer's guide",
    "print.minutes": "about {minutes} minutes",
    "print.min": "{minutes} min",
    "print.how": "How to read these pages",
    "print.how_text": (
        "Begin at A. Where the story divides, choose one way and go to the letter it names; leave the others "
        "unread for now. Later you can come back and try another."
    ),
    "print.how_straight": "Begin at A, and stop where the story stops.",
    "print.care": (
        "What you write on these pages is yours, and you decide who reads it. Write no name or detail that would "
        "identify a real family. This is no clinical record and replaces no duty to report."
    ),
    "print.objectives": "What this is for",
    "print.go_to": "Go to {letter}",
    "print.end": "The story ends here. Other ways were open: you can go back to any turn.",
    "print.stop": "The story ends here.",
    "print.again": "You were asked about this in {letter}. Read first what you wrote there.",
    "print.if_chose": "Only if you chose this before: {text}",
    "print.if_visited": "Only if you have read {letter}.",
    "print.turns": "What each turn opens and closes",
    "print.turns_care": (
        "Come here after you have chosen. What stands here is true of every way, the ones you took and the others."
    ),
    "print.observe": "Observe: {title}",
    "print.observe_how": (
        "Read the moment slowly, one numbered stretch after another. On the sheet, mark the number under what you "
        "see, as often as you see it."
    ),
    "print.sheet": "Sheet: {title}",
    "print.look_for": "What to look for",
    "print.stretch": "Stretch of the moment",
    "print.else": "What else you saw, and what it stirred in you",
    "print.sources": "What this rests on",
    "print.rights": "Rights",
    "print.trainer_notes": "For the trainer",
    "print.time": "The time it takes",
    "print.time_scene": "Scene",
    "print.time_read": "Reading",
    "print.time_pause": "Pause",
    "print.map": "The map",
    "print.map_of": "Map of the scenes: {title}",
    "print.map_list": "The same in words",
    "print.way": "One way leads through the story.",
    "print.ways": "{count} ways lead through the story.",
    "print.ways_many": "More than {count} ways lead through the story.",
    "print.ways_none": "No way leads to an end yet.",
    "print.ways_minutes": "The shortest takes {shortest} minutes, the longest {longest}.",
    "print.way_minutes": "It takes {minutes} minutes.",
    "print.ways_same": "Each takes {minutes} minutes.",
    "print.ways_round": "Some ways lead back to an earlier scene; going round again is not counted.",
    "print.leads": "leads to {name}",
    "print.leads_back": "leads back to {name}",
    "print.then": "Then {name}",
    "print.then_back": "Then back to {name}",
    "print.mark_pause": "a pause",
    "print.mark_new": "something new is learned",
    "print.mark_end": "an end",
    "print.mark_from": "looked at from: {names}",
    "print.mark_back": "back to an earlier scene",
    "print.unreached": "No way leads here yet.",
}
