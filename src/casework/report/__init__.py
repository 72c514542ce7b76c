"""What it adds up to: frames, change, agreement, evidence and documents. pandas is imported at the first drawing."""

from casework.report.agreement import cohen_kappa, fleiss_kappa, percent_agreement
from casework.report.agreement_alpha import krippendorff_alpha
from casework.report.agreement_events import events_frame, match_events
from casework.report.agreement_marks import differences_frame, units_by_beat, units_by_interval, units_by_second
from casework.report.agreement_said import agreement_frame, explain_agreement
from casework.report.change import Pair, change_frame, change_html, pairs
from casework.report.coders import CodersBeside, coding_units, compare_codings
from casework.report.evidence import draw_evidence, evidence
from casework.report.frames import Frames, read_frames
from casework.report.mixed import ratings_beside_themes
from casework.report.own_report import own_report
from casework.report.pages import own_pages
from casework.report.paired import PairedChange, paired_change, paired_frame
from casework.report.pictures import Picture
from casework.report.reports import frames_report, group_report
from casework.report.views import views_frame

__all__ = [
    "CodersBeside",
    "Frames",
    "Pair",
    "PairedChange",
    "Picture",
    "agreement_frame",
    "change_frame",
    "change_html",
    "coding_units",
    "cohen_kappa",
    "compare_codings",
    "differences_frame",
    "draw_evidence",
    "events_frame",
    "evidence",
    "explain_agreement",
    "fleiss_kappa",
    "frames_report",
    "group_report",
    "krippendorff_alpha",
    "match_events",
    "own_pages",
    "own_report",
    "paired_change",
    "paired_frame",
    "pairs",
    "percent_agreement",
    "ratings_beside_themes",
    "read_frames",
    "units_by_beat",
    "units_by_interval",
    "units_by_second",
    "views_frame",
]
