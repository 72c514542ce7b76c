"""What the columns of the frames mean, for the sheet that explains them and for the documentation."""

FRAMES = {
    "frames.responses": "Responses",
    "frames.observations": "Observations",
    "frames.ratings": "Ratings",
    "frames.paths": "Paths",
    "frames.log_entries": "Log entries",
    "frames.attendance": "Attendance",
    "frames.earlier": "Earlier and now",
    "frames.columns": "Columns",
    "frames.sheet": "Sheet",
    "frames.column": "Column",
    "frames.means": "What it means",
    "frames.about_responses": "What was written: one row for each prompt, perspective, round and author, as it stands.",
    "frames.about_observations": (
        "What was seen: one row for each mark, each interval that was answered, and each rating of a checklist."
    ),
    "frames.about_ratings": "What was answered in surveys: one row for each rated or chosen item, round and author.",
    "frames.about_paths": "Ways through cases: one row for each scene, with the choice that led on from it.",
    "frames.about_log_entries": "The meetings of one's own log of reflective supervision, the earliest first.",
    "frames.about_attendance": "Who took part in a group's session: one row for each person, for its trainer alone.",
    "frames.about_earlier": (
        "How many wrote and rated what, session by session: one row for each prompt, perspective and round, and for "
        "each item, round and value; none below the floor of its session."
    ),
    "frames.column.session": "The session; the same for all that was left in it.",
    "frames.column.workbook": "The workbook that the session is of.",
    "frames.column.about": "What it is about: the id of a case or of a survey.",
    "frames.column.prompt": "The prompt or the open item that it answers.",
    "frames.column.again": "The earlier prompt that this one asks again; empty if it asks none.",
    "frames.column.perspective": "The perspective that it was written from; empty where there is none.",
    "frames.column.round": "The round of a survey, such as before and after; empty if it is answered once.",
    "frames.column.text": "The words.",
    "frames.column.audience": (
        "Who its author gave it to: trainer, group_unnamed, group_named; private in one's own. Empty where only a "
        "spread may be shown."
    ),
    "frames.column.author": (
        "A pseudonym that holds in this form alone. Empty in one's own, while unnamed words are not revealed, and "
        "where only a spread may be shown."
    ),
    "frames.column.name": (
        "What people call themselves, where they shared with their name; in attendance, if they gave one."
    ),
    "frames.column.revealed": "Whether the group has seen it.",
    "frames.column.pair": (
        "The same for one person's answer before and after, in one prompt and perspective or one item. Unnamed, only "
        "where as many people as the floor gave both."
    ),
    "frames.column.at": "When, in UTC; in one's own alone.",
    "frames.column.id": "Names this row; what is coded later joins it by this.",
    "frames.column.moment": "What was observed: case and moment, set and moment, or a live observation.",
    "frames.column.checklist": "The checklist that was looked for.",
    "frames.column.item": "The item of a checklist or of a survey.",
    "frames.column.kind": ("Of an observation: point, state, interval or rating. Of a meeting: individual or group."),
    "frames.column.beat": "The beat of a written moment, counted from 0; empty in a recording.",
    "frames.column.seconds": "The second of a recording; empty in a written moment.",
    "frames.column.until_beat": "The beat where a state ended; empty if it did not.",
    "frames.column.until": "The second where a state ended; empty if it did not.",
    "frames.column.interval": "Which interval was answered, counted from 0.",
    "frames.column.value": (
        "The number that was given; of an interval 1 for yes and 0 for no. Empty where there is no number."
    ),
    "frames.column.answer": "What was chosen, where it is no number: an option's id, or several as JSON.",
    "frames.column.survey": "The survey.",
    "frames.column.case": "The case.",
    "frames.column.whose": "Whose way: group, where a trainer led it; own.",
    "frames.column.stop": "Which stop on the way, counted from 1.",
    "frames.column.scene": "The scene.",
    "frames.column.choice": "The choice that led on from it; empty where there was none.",
    "frames.column.date": "The day.",
    "frames.column.minutes": "How long it was.",
    "frames.column.people": "How many were there; empty if nobody said.",
    "frames.column.provider": "Who provided the supervision.",
    "frames.column.credential": "Their credential.",
    "frames.column.topics": "What it was about: ids, joined by semicolons.",
    "frames.column.other": "Other topics, in one's own words.",
    "frames.column.note": "The note to oneself.",
    "frames.column.opened": "The day on which the session was opened.",
    "frames.column.answered": "How many people answered so.",
    "frames.column.joined_at": "When they first joined, in UTC.",
}
