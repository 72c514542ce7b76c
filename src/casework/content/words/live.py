"""What a room says when its rules do not allow something: to learners, and to the trainer."""

LIVE = {
    # to learners
    "live.unknown": "This page sent something that the room does not know. Reload it; your words are kept.",
    "live.gone": "This is no longer part of the session. Copy your words if you want to keep them.",
    "live.not_open": "This is not open yet. The group will come to it.",
    "live.closed": "Sharing has ended here. What you wrote is kept, and only you can see it.",
    "live.few": "There are too few people here to share this unnamed. You can keep it, or share it with the trainer.",
    # to the trainer
    "live.no_agenda": "This session has no agenda yet. Send it from the notebook first.",
    "live.not_going": "The session is not going on now. Start it first.",
    "live.opened": "The group has opened {place} already, so that it has to stay in the agenda.",
    "live.no_choices": "There is nothing to choose where the group is now. Go on to a turn of the walk.",
    "live.count_first": "People are still voting. Count the votes first.",
    "live.shared": "Somebody has shared this already, so that it cannot be arranged in another way any more.",
}
