"""The words of a group's report, and of the command that writes it."""

REPORTS = {
    "reports.title_trainer": "What was shared",
    "reports.title_group": "What this group saw",
    "reports.title_organisation": "What a group saw, in figures",
    "reports.title_learner": "My pages",
    "reports.what_trainer": (
        "Here is what people shared with you, or with the group. Keep it as you would keep what somebody tells you."
    ),
    "reports.what_group": "Here is what was shown to the group, and nothing else that anybody wrote.",
    "reports.what_organisation": (
        "Here are figures, and nobody's words. They rest on what people gave to the group; what somebody gave to the "
        "trainer alone is not in them."
    ),
    "reports.what_learner": "These pages are yours. Nobody else was given them.",
    "reports.people": "{people} people took part.",
    "reports.floor": "What was given without a name is here from {floor} people on, and not before.",
    "reports.no_effect": (
        "A change here is a change in what people wrote or rated. It is no effect of a training: much else happened "
        "to them meanwhile, and nobody was asked who did not take part."
    ),
    "reports.empty_trainer": (
        "Nothing is here yet. It comes when people share. You can help by saying once more who would see it."
    ),
    "reports.empty_group": "Nothing is here yet. Come back when something was shared and shown to the group.",
    "reports.empty_organisation": (
        "There are no figures yet: nothing was given to the group so far by as many people as it takes."
    ),
    "reports.empty_learner": "Nothing is here yet. Open the workbook, and write where something stays with you.",
    "reports.short": "In short",
    "reports.tables": "The figures",
    "reports.table": "Table {number}. {title}",
    "reports.picture": "Picture {number}. {title}",
    "reports.see": "The figures are in table {number}.",
    "reports.notes": "To know with it",
    "reports.draw": "Show what was shared",
    "reports.take": "Take this report along",
    # from where people looked
    "reports.views": "From where people looked: {title}",
    "reports.views_counts": "First, people wrote from {before} of {of} places, and later from {after}.",
    "reports.views_more": "More wrote later from: {names}.",
    "reports.views_fewer": "Fewer wrote later from: {names}.",
    "reports.views_new": "Only later, or from fewer than {floor} people first: {names}.",
    "reports.views_none": "There is nothing to show from: {names}. Nobody wrote from there, or fewer than {floor}.",
    "reports.views_picture": "How many wrote from each place",
    "reports.views_alt": "Lines from how many wrote first to how many wrote later. {figures}.",
    "reports.views_figure": "{name}: {before}, then {after}",
    "reports.views_caption": "Asked twice: {question}",
    "reports.first": "First",
    "reports.later": "Later",
    "reports.place": "Seen from",
    "reports.both": "Both times",
    "reports.only_first": "Only first",
    "reports.only_later": "Only later",
    "reports.unknown": "not known",
    "reports.words": "What was written: {title}",
    "reports.words_says": "What people wrote, in an order that says nothing of who they are.",
    # ratings
    "reports.rated": "{people} people answered “{title}”.",
    "reports.rated_twice": "{before} people answered “{title}” before, and {after} after.",
    "reports.pairs": "{pairs} answered both times, and only they are compared.",
    "reports.pairs_few": (
        "Too few gave both answers for them to be set side by side: fewer than {floor}, or none. "
        "Before and after stand each by itself."
    ),
    "reports.once": "{before} answered only before, {after} only after; what became of them cannot be said.",
    "reports.moved": (
        "On average, {rose} of {of} sentences were rated higher later, {fell} lower, and {same} the same."
    ),
    "reports.clear": "Of these changes, {clear} are clearer than chance alone would make them (95 %, each by itself).",
    "reports.small": "With {pairs} people, one of them who answers otherwise can turn a mean around.",
    "reports.spread": "How many gave which answer",
    "reports.spread_round": "How many gave which answer: {round}",
    "reports.spread_alt": "Circles on a scale from {low} to {high}. {figures}.",
    "reports.spread_caption": "A number says how many gave that answer; the scale goes from “{low}” to “{high}”.",
    "reports.moves": "Means before and after",
    "reports.moves_alt": "On a scale from {low} to {high}, each mean before and after. {figures}.",
    "reports.moves_caption": (
        "An open circle is the mean before, a full one the mean after, of those who answered both times."
    ),
    "reports.profile": "Profile",
    "reports.part": "Part",
    "reports.profile_caption": (
        "The mean of each part, from what you answered. An open circle is the first time, a full one the latest. No "
        "number here says how good anybody's work is."
    ),
    "reports.item": "Sentence",
    "reports.people_column": "People",
    "reports.mean_before": "Mean before",
    "reports.mean_after": "Mean after",
    "reports.change": "Change (95 %)",
    "reports.between": "{value} ({low} to {high})",
    "reports.effect": "Effect g (95 %)",
    "reports.rose": "Higher / same / lower",
    "reports.round_before": "before",
    "reports.round_after": "after",
    "reports.effect_note": (
        "The effect (Hedges' g of paired differences) is the mean change beside how much people differ in it. It "
        "cannot be compared with effects between groups. An interval that holds 0 means that there may be no "
        "change at all. Where a dash stands, fewer than three people answered both times, or all of them changed alike."
    ),
    # ratings beside themes
    "reports.people_with": "People with it",
    "reports.median_with": "Median with it",
    "reports.people_without": "People without it",
    "reports.median_without": "Median without it",
    # who saw what
    "reports.agreement": "What people saw: {title}",
    "reports.coders": "{people} people observed “{moment}” with “{checklist}”.",
    "reports.differed": "They differed most here: {places}.",
    "reports.differed_place": "“{item}” at {place} ({marked} of {people})",
    "reports.never_differed": "They differed nowhere.",
    "reports.beat": "moment {number}",
    "reports.second": "second {number}",
    "reports.timeline": "Who marked what when",
    "reports.timeline_alt": (
        "A line for each of {people} people under each of {items} items, with a stroke where it was marked."
    ),
    "reports.timeline_caption": (
        "Each line is one person, in the same order everywhere; each stroke is a mark. Where strokes stand above each "
        "other, they saw the same. What nobody marked is not drawn."
    ),
    "reports.timeline_few": "Drawn are {people} of {of} people.",
    "reports.agreement_table": "How far they agree",
    "reports.item_seen": "What was looked for",
    "reports.all_items": "All together",
    "reports.marked": "Marked",
    "reports.percent": "Same answer",
    "reports.kappa": "Kappa",
    "reports.alpha": "Alpha",
    "reports.places_differed": "Places where they differed",
    "reports.where": "Where they differed",
    "reports.place_column": "Place",
    "reports.marked_by": "Marked by",
    "reports.not_by": "Not by",
    "reports.agreement_note": (
        "Nobody is right here. Kappa (Fleiss', or Cohen's for two) and alpha (Krippendorff's) say how far people agree "
        "beyond chance. They are low where something is rare or nearly always there, even if nearly all agree, since "
        "chance alone would then make them agree. A dash means that nothing varied. "
        "No word such as “good” belongs to a number here."
    ),
    # ways
    "reports.paths": "The way through {title}",
    "reports.path": "The group went this way: {way}.",
    "reports.paths_several": "{ways} ways through “{title}” are laid together here.",
    "reports.path_picture": "The way that was taken",
    "reports.path_alt": "From the first scene to the last: {way}.",
    "reports.path_caption": "Scenes, and between them the turns that were taken.",
    "reports.turns_picture": "The turns that were taken",
    "reports.turns_alt": "Bars from 0. {figures}.",
    "reports.turns_caption": "How many of the ways took each turn.",
    "reports.scene": "Scene",
    "reports.turn": "Turn",
    "reports.ways": "Ways",
    # the log
    "reports.log": "My log, by month",
    "reports.log_says": "{hours} of reflective supervision. Months: {months}. Meetings: {meetings}.",
    "reports.log_alt": "Bars from 0 for each month. {figures}.",
    "reports.log_caption": "Filled: one to one. Hatched: in a group.",
    "reports.month": "Month",
    "reports.individual": "One to one",
    "reports.in_group": "In a group",
    "reports.hours": "{hours} h {minutes} min",
    # a session that goes on from others
    "reports.earlier": "Earlier and now",
    "reports.earlier_says": (
        "This session goes on from an earlier one ({days}). What was asked both times stands side by side."
    ),
    "reports.earlier_says_several": (
        "This session goes on from earlier ones ({days}). What was asked again stands side by side."
    ),
    "reports.earlier_nothing": "Nothing that was asked again was answered by enough people each time.",
    "reports.earlier_new": (
        "New since the time before, in “{title}”: {names}. Then nobody wrote from there, or fewer than {floor}."
    ),
    "reports.earlier_gone": (
        "Missing since the time before, in “{title}”: {names}. Now nobody wrote from there, or fewer than {floor}."
    ),
    "reports.earlier_same": "The same people came each time, as far as their devices or accounts tell.",
    "reports.earlier_each": (
        "People who came each time: {people}, as far as their devices or accounts tell. The others are in the table "
        "“Who came”."
    ),
    "reports.earlier_not_all": "Not all of them came each time: a figure may differ because others answered.",
    "reports.earlier_apart": (
        "Nobody is followed from one session to the next. Each figure stands by itself, and is here only if as many "
        "people answered as the floor of that session asks for. What differs is a difference between two days, and no "
        "effect of what lay between them."
    ),
    "reports.earlier_people": "Who came",
    "reports.earlier_views": "How many wrote from each place, session by session",
    "reports.earlier_views_alt": "Lines from one session to the next ({times}). {figures}.",
    "reports.earlier_views_caption": "Asked: {question}",
    "reports.earlier_views_twice": "1 is how it was asked first, 2 when it was asked again.",
    "reports.earlier_first": "asked first",
    "reports.earlier_again": "asked again",
    "reports.earlier_under": "At the bottom ({under}): fewer people than that, or nobody.",
    "reports.earlier_questions": "How many wrote: {title}",
    "reports.earlier_spread": "How many gave which answer, session by session: {title}",
    "reports.earlier_spread_caption": "Where a line is empty, too few answered, or it was not asked.",
    "reports.earlier_lacking": (
        "This session goes on from an earlier one that is not here: it was erased, or somebody else leads it."
    ),
    "reports.session": "Session",
    "reports.when": "When",
    "reports.question": "Question",
    "reports.came_again": "Had come the time before",
    "reports.came_no_more": "Had come, and did not come again",
}
