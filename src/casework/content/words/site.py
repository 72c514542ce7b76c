"""The words of the server's own pages."""

SITE = {
    "site.skip": "Skip to the content",
    "site.site": "Workbooks",
    "site.gallery_title": "Workbooks",
    "site.gallery_lead": (
        "Stories from everyday work with babies, toddlers and their families, to read slowly and think about."
    ),
    "site.minutes": "About {minutes} minutes",
    "site.open": "Read in English",
    "site.cannot_open": (
        "The file of this workbook cannot be opened. "
        "Whoever looks after these pages finds the reason in the server's window."
    ),
    "site.empty_title": "No workbooks here yet",
    "site.empty": "Put a notebook into the folder {folder}, and it appears here as soon as this page is loaded again.",
    "site.footer": (
        "What you write is kept on the computer that serves these pages: no page shows it to anyone else, "
        "though whoever runs that computer could open its file."
    ),
    "site.opening": "Opening the workbook…",
    "site.opening_long": "Still opening. This can take a little longer when many people arrive at once.",
    "site.opening_lost": "The workbook did not open. Load the page again; what you wrote before is kept.",
    "site.no_script": "This page needs JavaScript. Turn it on for this site and load the page again.",
    "site.cell_error": (
        "This part of the page could not be opened. What you wrote before is kept. "
        "Load the page again; if this stays, tell the person who gave you the link."
    ),
    "site.welcome_title": "Welcome back",
    "site.welcome": (
        "Somebody has written in these workbooks on this device before. "
        "If that was you, your words are waiting where you left them."
    ),
    "site.continue": "Continue",
    "site.someone_else": "I am someone else",
    "site.welcome_note": "Someone else begins with empty pages, and sees nothing of what was written before.",
    "site.missing_title": "There is no page here",
    "site.missing": "The address may have a slip in it, or the workbook has moved.",
    "site.broken_title": "This workbook cannot be opened",
    "site.broken": "Its file is damaged. Whoever looks after these pages finds the reason in the server's window.",
    "site.store_title": "The workbook stays closed for now",
    "site.store": (
        "The place where words are kept does not answer, so nothing you write could be saved. Try again in a minute."
    ),
    "site.trouble_title": "This page could not be shown",
    "site.trouble": "Go back and try again. What you wrote before is kept.",
    "site.to_gallery": "All workbooks",
}
