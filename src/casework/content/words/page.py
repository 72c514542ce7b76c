"""What every activity's page says: the saved line, writing, who sees what, what the rules do not allow."""

PAGE = {
    # the saved line
    "saved.empty": "What you do here is saved as you go. {who}",
    "saved.yes": "Saved. {who}",
    "saved.going": "Saving…",
    "saved.late": "Not saved yet. Your words are kept on this device, and this page keeps trying.",
    "saved.late_here": "Not saved yet. Your words are only on this page: keep it open while it tries again.",
    "saved.store": "The place where words are kept does not answer just now.",
    "saved.trouble": "Something went wrong here.",
    "saved.lost": "This page has lost touch with its notebook. Your words are kept on this device.",
    "saved.lost_here": (
        "This page has lost touch with its notebook. Your words are only on this page: copy them before you reload."
    ),
    "saved.lost_all": "This page has lost touch with its notebook. Everything up to now is saved.",
    "saved.reload": "Reload",
    "saved.memory": "This browser keeps nothing for later. Until they are saved, your words are only on this page.",
    # any activity
    "page.broken": "Something on this page went wrong. What you wrote is kept. Reload the page to go on.",
    "page.gone": (
        "This page was open for someone who has left this device since, or whose work was erased. "
        "It keeps nothing and shows nothing any more."
    ),
    "page.gone_open": "Open it anew",
    # writing
    "write.before": "What you wrote before",
    "write.earlier": "What you wrote on {date}",
    "write.written": "What you wrote here",
    "write.empty": "Nothing from this view yet: {names}. You can leave it so.",
    "write.left": "There is room for {left} more characters here.",
    "write.over": "Characters too many to be saved: {over}. Shorten it a little, or go on in another field.",
    "write.leftover": "This device also kept older words of yours that were never saved:",
    "write.leftover_use": "Use these words",
    "write.leftover_drop": "Let them go",
    # who will see what is written
    "who.private": "Only you can see this.",
    "who.binder": "You are on Binder: nothing here is kept or private.",
    "who.device": (
        "These words are never sent. They stay in this browser, on this device, "
        "and are not in the pages you take along."
    ),
    "who.shared": "Who can see what you shared stands with each question.",
    "who.shared_whole": "Who can see what you shared stands above.",
    # sharing, in a group
    "share.title": "Who may see this",
    "share.offer_trainer": "Until you share it, only you can see this. You may share it with the trainer.",
    "share.offer_group_unnamed": (
        "Until you share it, only you can see this. You may share it with the group, without your name."
    ),
    "share.offer_group_named": (
        "Until you share it, only you can see this. You may share it with the group, with your name."
    ),
    "share.late": "The group is looking at this question now. What you share is seen at once and stays.",
    "share.share": "Share",
    "share.keep": "Keep to myself",
    "share.again": "Share these words instead",
    "share.withdraw": "Withdraw it",
    "share.after_all": "Share it after all",
    "share.with_group": "Share with the group, too",
    "share.is_private": "You keep this to yourself: only you can see it. That counts as taking part.",
    "share.is_trainer": "Shared with the trainer.",
    "share.is_group_unnamed": "Shared with the group, without your name.",
    "share.is_group_named": "Shared with the group, with your name.",
    "share.then": "What you write from now on only you can see, until you share it again.",
    "share.changed": "You have written on since. What is shared are your words as they were.",
    "share.revealed": "It has been shown to the group and can no longer be taken back.",
    "share.going": "On its way. Until it is saved, nothing changes.",
    "share.nothing": "Write something first, or keep it to yourself.",
    "share.too_long": "One of these texts is too long to be saved. Shorten it first.",
    "share.only_trainer": "Share with the trainer alone",
    # a perspective that was dealt
    "deal.invited": "You are invited to look from here",
    "deal.take": "Look from here",
    "deal.swap": "Choose another",
    "deal.choose": "Where would you like to look from?",
    "deal.decline": "Not today",
    "deal.taken": "You look from here:",
    "deal.quiet": "Nobody is told what you choose.",
    # what the rules do not allow
    "refused.unknown": "This page sent something that the workbook does not know. Reload it; your words are kept.",
    "refused.long": "This text is longer than {limit} characters. Shorten it to keep it.",
    "refused.gone": "This question is no longer part of the case. Copy your words if you want to keep them.",
    "refused.perspective": "This question is not asked from that view. Reload the page.",
    "refused.elsewhere": "This question is not asked here. Reload the page.",
    "refused.item": "This checklist has no such item. Reload the page.",
    "refused.beat": "This moment has no such beat. Reload the page.",
    # where no widget can run
    "fallback.walk": "This is where the walk through the case begins: {scenes} scenes, with turns to take.",
    "fallback.reflect": "This is where one writes, from each view, once the walk has come to it.",
    "fallback.observe": "This is where the moment is told, beat by beat, and marked with this checklist.",
    "fallback.observe_media": "This is where the recording is played, and marked with this checklist.",
    "fallback.observe_live": "This is where a clock runs along while one observes and marks with this checklist.",
    "fallback.report": "This is where one's own words stand side by side, before and after.",
    "refused.alone": "There is no group here to share this with. Only you can see it.",
    "refused.wider": "This can be shared, but not with so many. Only you can see it.",
    "refused.revealed": "This has been shown to the group, and cannot be taken back.",
    "refused.device": "These words stay on your device; the page sent them by mistake. Reload it.",
    "refused.undealt": "There is no invitation here any more. Write from wherever you like.",
    "refused.changed": "Your words have changed since. Look at them, and share them again.",
}
