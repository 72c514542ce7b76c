"""The words of reports and of one's own pages."""

REPORT = {
    # report
    "report.introduction": "Your own words, laid side by side: what you wrote first, and what you wrote later.",
    "report.draw": "Show how my seeing changed",
    "report.draw_again": "Show it again",
    "report.take": "Take my pages along",
    "report.waiting": "This takes a moment…",
    "report.late": "That took too long. Try again in a minute.",
    "report.at": "As of {time}",
    "report.title": "How your seeing changed",
    "report.unknown": "This page asked for something that the report does not know. Reload the page.",
    # how one's seeing changed
    "change.nothing": "Nothing is written yet in a question that the case asks twice.",
    "change.none": "nothing",
    "change.perspective": "Seen from",
    "change.before": "What you wrote first",
    "change.after": "What you wrote later",
    "change.counts": "First you wrote from {before} of {of} views, later from {after}.",
    "change.appeared": "New later: {names}.",
    # how far people who observed the same agree
    "agreement.nothing": "There is nothing to compare yet. It takes two people who observed the same.",
    "agreement.same": (
        "Everyone saw the same in all {units} comparisons. Nothing varied, and so kappa has nothing to say."
    ),
    "agreement.full": "They agree in all {units} comparisons.",
    "agreement.beyond": (
        "They agree in {percent} of {units} comparisons; chance alone would give {chance}. "
        "Kappa is {kappa}: 0 is what chance gives, 1 is agreement everywhere."
    ),
    "agreement.rare": (
        "They agree in {percent} of {units} comparisons, and yet kappa is only {kappa}. One answer is so common here "
        "that chance alone would give {chance}, and kappa counts only what goes beyond that. "
        "A low kappa then does not mean that they saw different things. Look at where they differed."
    ),
    "agreement.below": (
        "They agree in {percent} of {units} comparisons, which is less than the {chance} that chance alone would give; "
        "kappa is {kappa}. They may read an item in two ways. Look at where they differed."
    ),
    # figures from research
    "evidence.alt": "Bars from 0. {figures}.",
    "evidence.table": "The same as a table",
    "evidence.what_was_asked": "What was asked or counted",
    "evidence.value": "Figure",
    "evidence.n": "Rests on (n)",
    "evidence.year": "Year",
    "evidence.of_whom": "Of whom",
    "evidence.by_whom": "By whom",
    "evidence.source": "Source",
    "evidence.note": "To know with it",
    "evidence.unit_people": "{value} people",
    "evidence.unit_studies": "{value} studies",
    "evidence.unit_times": "{value} times",
    "evidence.unit_years": "{value} years",
    "evidence.unit_interviews": "{value} interviews",
    # one's own pages
    "pages.title": "My pages",
    "pages.written": "What I wrote: {title}",
    "pages.earlier": "{title} ({date})",
    "pages.turns": "The turns I took",
    "pages.observed": "What I saw: {moment}",
    "pages.beat": "Moment {n}",
    "pages.until": "{from} to {to}",
    "pages.yes": "yes",
    "pages.no": "no",
    "pages.empty": "Nothing is written here yet.",
    "pages.footer": (
        "These pages are yours. They are no clinical record, and nobody else was given them. "
        "Whoever can open this file can read it."
    ),
}
