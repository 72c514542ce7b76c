"""The words of the server's own pages."""

SITE = {
    "site.skip": "Skip to the content",
    "site.site": "Workbooks",
    "site.gallery_title": "Workbooks",
    "site.gallery_lead": (
        "Stories from everyday work with babies, toddlers and their families, to read slowly and think about."
    ),
    "site.minutes": "About {minutes} minutes",
    "site.for_facilitators": "For those who facilitate",
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
    "site.busy_title": "Many people are here just now",
    "site.busy": (
        "The workbook opens as soon as there is a place. Whoever has waited longest comes first. "
        "What you wrote before is kept."
    ),
    "site.crowd_title": "Many people are coming in just now",
    "site.crowd": (
        "Many have opened a workbook from the same network as you within a short time. "
        "They come in one after the other."
    ),
    "site.restart_title": "The workbooks are being restarted",
    "site.restart": "That takes a minute at most. What you wrote before is kept.",
    "site.waiting": "This page looks again by itself every few seconds. You need not do anything.",
    "site.waiting_now": "Look again now",
    "site.trouble_title": "This page could not be shown",
    "site.trouble": "Go back and try again. What you wrote before is kept.",
    "site.to_gallery": "All workbooks",
    "site.go_on": "Go on",
    "site.mine_link": "Your work here",
    "site.mine_to": "Back to your work here",
    "site.come_back_link": "Come back with a code",
    "site.mine_lead": (
        "What you write in the workbooks is yours. Here you see what is kept, and decide what happens to it."
    ),
    "site.mine_back": "Welcome back. This device goes on with your work now.",
    "site.mine_shared": (
        "You said that this is a shared computer: when the browser closes, it forgets you. "
        "Make a code below if you want to come back to your words."
    ),
    "site.mine_works": "Where you have been",
    "site.nobody": (
        "Nothing of yours is known on this device yet. Open a workbook and write; "
        "or bring your work here, if you began on another device."
    ),
    "site.kept_title": "What is kept, and who can see it",
    "site.kept_what": (
        "What you write, choose and mark, with the time, under a random number. Your name is not asked for."
    ),
    "site.kept_who": "Only you can see it, until you share something yourself, one question at a time.",
    "site.kept_shared": ("What you share goes to the people you choose. Earlier versions of it stay with you alone."),
    "site.kept_where": (
        "It is on the computer that serves these pages. Whoever runs that computer could open its file; "
        "where the address begins with http and not https, somebody on the same network could read along."
    ),
    "site.code_title": "Go on with it on another device",
    "site.code_what": "A short code brings your work to another device. Whoever has it can read what you wrote.",
    "site.code_make": "Show me a code",
    "site.code_another": "Make another code",
    "site.code_once": "A new code replaces the one before. It is shown once, and holds for a year.",
    "site.code_here": "This is your code. Write it down: it is shown only now.",
    "site.code_care": (
        "Keep it like a key: whoever has it can read what you wrote. It holds for a year, or until you make another."
    ),
    "site.code_label": "Your code",
    "site.code_other_way": "I have a code from another device",
    "site.come_back_title": "Come back to your work",
    "site.come_back": "Enter the code that you made on the other device. Then this device goes on with your work.",
    "site.code_note": "Eight letters and numbers. Capitals, spaces and dashes make no difference.",
    "site.code_go": "Bring my work here",
    "site.code_empty": "Enter the code first.",
    "site.code_unknown": (
        "Nothing can be opened with this code. Compare it with what you wrote down, letter by letter, and try again."
    ),
    "site.code_wait_seconds": (
        "Several codes were tried from here, so there is a short rest. Try again in {number} seconds."
    ),
    "site.code_wait_minutes": (
        "Many codes were tried from here, so there is a rest, which protects everyone's words. "
        "Try again in {number} minutes."
    ),
    "site.code_occupied": (
        "Somebody has written on this device already. Those words stay with them, but this device will no longer lead "
        "to them: only a code of their own does."
    ),
    "site.own_papers": "Logs and plans",
    "site.take_title": "Take everything along",
    "site.take_what": (
        "All you ever left here, in every workbook, with the earlier versions of what you wrote over. "
        "The page is for reading and printing; the data file can be brought into casework elsewhere."
    ),
    "site.take_page": "Download as a page",
    "site.take_file": "Download as data (JSON)",
    "site.take_page_title": "All your work",
    "site.take_head": "All that you left in the workbooks, as of {day}. The latest words stand first.",
    "site.take_name": "In this group you called yourself {name}.",
    "site.take_earlier": "Earlier:",
    "site.take_empty": "(left empty)",
    "site.take_steps": "What else you did, step by step",
    "site.take_nothing": "There is nothing of yours here yet.",
    "site.shared_title": "Do others use this computer, too?",
    "site.shared_welcome": (
        "Then you begin as someone new, and nothing of you stays here when the browser closes. "
        "Drafts that an earlier person had not saved are taken off this device."
    ),
    "site.shared_mine": (
        "Then this browser forgets you when it is closed, and drafts stay on the open page alone. "
        "Your saved words stay, and wait for your code."
    ),
    "site.shared_do": "This is a shared computer",
    "site.now_shared_title": "Nothing of you will stay here",
    "site.now_shared": (
        "When the browser closes, this computer forgets you. Close it when you leave: every window, not only this page."
    ),
    "site.now_shared_lost": (
        "Words that are not saved yet are only on the open page: "
        "if it is closed before they are saved, they are lost. "
        "The line below each field says when they are saved. Load pages again that were open before. "
        "To come back to your words another day, make a code under “Your work here”."
    ),
    "site.leave_title": "Leave nothing behind",
    "site.clear_do": "Clear this device",
    "site.clear_short": "This device forgets you. Your work stays, and waits for your code.",
    "site.clear_title": "Clear this device?",
    "site.clear_what": (
        "This browser forgets who you are, and drafts that are not saved yet are taken away. "
        "All that is saved stays, and is still yours. First close the workbooks that are open in other windows."
    ),
    "site.clear_code": ("Only your code leads back to it. If you have none, or have lost it, make one first."),
    "site.clear_code_first": "Make a code first",
    "site.cleared_title": "This device is cleared",
    "site.cleared": "It no longer knows you. Your work is kept, and your code brings it back, here or elsewhere.",
    "site.kept_hub": (
        "You signed in. Your name is not kept here, only a number made from it; "
        "whoever runs this computer could find out which number is yours."
    ),
    "site.code_hub": "Sign in there, with the same account, and your work is there. You need no code.",
    "site.sign_out_do": "Sign out",
    "site.sign_out_short": "This device forgets you. Your work stays, and is there when you sign in again.",
    "site.sign_out_title": "Sign out?",
    "site.signed_out_title": "You are signed out here",
    "site.signed_out": (
        "Your work is kept. You are still signed in to the hub that led you here: "
        "on a computer that others use, sign out of it, too."
    ),
    "site.sign_out_hub": "Sign out of the hub",
    "site.sign_in_again_title": "The sign-in was not finished",
    "site.sign_in_again": (
        "It may have taken too long, or it began in another window. Go to the workbooks, and sign in again."
    ),
    "site.no_access_title": "This account has no access here",
    "site.no_access": (
        "You are signed in, but nobody has given your account access to these workbooks. "
        "Ask whoever looks after the hub."
    ),
    "site.delete_link": "Delete all my work",
    "site.delete_short": "Everything you ever left here is erased for good.",
    "site.delete_title": "Delete all your work?",
    "site.delete_lead": "This cannot be undone, by anyone. If you want to keep a copy, take it along first.",
    "site.delete_goes": "What goes",
    "site.delete_words": "All you wrote, chose and marked, in every workbook, with all earlier versions",
    "site.delete_shared": "What you shared with a group or a trainer: it disappears from their pages, too",
    "site.delete_name": "The names by which groups know you",
    "site.delete_device": "Your code, and what lets your devices know you",
    "site.delete_stays": "What cannot be reached from here",
    "site.delete_backups": (
        "Backups that were made of these pages before: the next page names those that are known. "
        "Whoever looks after these pages can delete them."
    ),
    "site.delete_taken": "What others have printed, exported or photographed",
    "site.delete_keep": "Keep my work",
    "site.delete_do": "Delete it for good",
    "site.deleted_title": "Your work is deleted",
    "site.deleted": "Nothing of it is left in these pages, and this device begins as someone new.",
    "site.deleted_unfinished": (
        "Somebody is reading at this moment, so the last traces are still being erased from the file. "
        "That finishes by itself the next time these pages are started."
    ),
    "site.deleted_backups": (
        "These backups were made before and still hold it. Ask whoever looks after these pages to delete them:"
    ),
    "site.deleted_no_backups": "No backup made by these pages holds it. They cannot know of copies made in other ways.",
}
