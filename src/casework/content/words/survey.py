"""The words of surveys and action plans."""

SURVEY = {
    "fallback.survey": "This is where one answers, and finds the answers again later.",
    "fallback.plan": "This is where a plan grows, step by step, and is looked at again later.",
    # answering
    "survey.minutes": "About {minutes} minutes",
    "survey.how": "Answer what you like, in the order you like. Nothing has to be answered.",
    "survey.afresh": (
        "You have answered this before. Answer afresh: your first answers stand beside these once you have ended."
    ),
    "survey.care": "Name no child and no family here; a role or initials are enough.",
    "survey.part": "Part {at} of {of}",
    "survey.question": "Question {at} of {of}",
    "survey.answered": "Answered: {count} of {of}.",
    "survey.next": "Continue",
    "survey.back": "Back",
    "survey.finish": "Finish",
    "survey.finish_anyway": "Finish as it is",
    "survey.clear": "Clear",
    "survey.clear_one": "Clear the answer: {item}",
    "survey.private_item": "Only you can see this answer, even if you share the rest.",
    "survey.person_hint": "A role or initials, such as “my supervisor” or “A. R.” Never a family's name.",
    # sorting
    "survey.unsorted": "Not sorted yet",
    "survey.pile_empty": "Nothing here yet",
    "survey.up_one": "Move up: {card}",
    "survey.down_one": "Move down: {card}",
    "survey.moved": "{card} is now number {at} of {of}.",
    "survey.in_order": "Leave it in this order",
    # a plan inside a survey
    "survey.row": "Step {at}",
    "survey.more_rows": "Add a step",
    # before the end
    "survey.left": "Still empty",
    "survey.left_care": "You can leave it so.",
    # the end
    "survey.ended": "What you answered",
    "survey.ended_care": (
        "There is no right answer here, and no mark to reach. These are your own words for how it is now."
    ),
    "survey.ended_twice": (
        "Both rounds side by side. What differs may have many reasons: another day, another question in mind, a word "
        "read differently."
    ),
    "survey.reopen": "Go on answering",
    "survey.profile": "At a glance",
    "survey.profile_care": (
        "Each line goes from the lowest to the highest number that is possible. It is a way to look, not a test."
    ),
    "survey.profile_item": "{name}: {value}, on a line from {low} to {high}",
    "survey.profile_two": "{name}: {first} first, {later} later, on a line from {low} to {high}",
    "survey.profile_none": "{name}: too little answered to say",
    "survey.none": "nothing yet",
    "survey.too_few": "too few answers",
    "survey.rests_on": "Rests on",
    "survey.rests": "{answered} of {of}",
    "survey.table": "The same as a table",
    "survey.area": "Area",
    "survey.number": "Number",
    "survey.first": "First",
    "survey.later": "Later",
    "survey.every": "Question by question",
    # one's own pages
    "survey.round_before": "first",
    "survey.round_after": "later",
    "survey.chapter": "What I answered: {title}",
    "survey.chapter_round": "What I answered: {title} ({round})",
    # what the rules do not allow
    "survey.refused_item": "This survey asks no such question. Reload the page; your words are kept.",
    "survey.refused_answer": "This question cannot be answered so. Reload the page.",
    "survey.refused_person": "A role or initials are enough here: at most {limit} characters.",
    # the action plan
    "plan.title": "Plan: {title}",
    "plan.lead": (
        "Small steps, in your own words. The plan is yours: it is here whenever you come back, in any workbook that "
        "shows it."
    ),
    "plan.care": "Name no child and no family here; a role or initials are enough.",
    "plan.empty": "No step yet. Begin with one thing that is small enough to do within a month.",
    "plan.step": "Step {at}",
    "plan.from": "Grown from",
    "plan.your_answer": "You answered: {answer}",
    "plan.what": "What",
    "plan.who": "Who",
    "plan.by": "By when",
    "plan.sign": "How we will know",
    "plan.who_hint": "A role or initials",
    "plan.sign_hint": "A sign that one could see or hear",
    "plan.add": "Add a step",
    "plan.grow": "Grow steps from the survey",
    "plan.grow_from": "Steps can grow from these:",
    "plan.grow_hint": "Pick what you want to work on. Each becomes a step, with its words beside it.",
    "plan.grow_picked": "Make steps of what I picked",
    "plan.grow_none": "Pick one or more first.",
    "plan.growing": "In your plan",
    "plan.added": "Steps added: {count}.",
    "plan.remove": "Remove",
    "plan.remove_one": "Remove step {at}",
    "plan.removed": "Removed: {what}",
    "plan.restore": "Put it back",
    "plan.unnamed": "a step without words",
    "plan.due": "Coming up: {steps}",
    "plan.due_one": "“{what}”, {when}",
    "plan.due_step": "step {at}, {when}",
    "plan.review": "How did it go?",
    "plan.review_one": "How did step {at} go?",
    "plan.note": "What do you notice?",
    "plan.keep_review": "Keep this review",
    "plan.review_none": "Choose one of the four first.",
    "plan.leave_review": "Not now",
    "plan.reviewed": "{date}: {how}",
    "plan.how_done": "Done",
    "plan.how_going-on": "Going on",
    "plan.how_changed": "Changed",
    "plan.how_let-go": "Let go",
    "plan.refused_step": "This step is no longer in the plan. Copy your words if you want to keep them.",
    "plan.refused_full": "A plan holds {most} steps. Begin another one, or change a step that is there.",
    "plan.chapter": "My plan: {title}",
}
