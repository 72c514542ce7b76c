"""What facilitators write: cases, checklists and perspectives, read from YAML into frozen models.

============================  =========================================================================
`case`, `scene`               a `Case` with its `Scene`s, `Pause`s, `Prompt`s, `Choice`s and `Moment`s
`checklist`, `perspective`    what to observe, and whose experience one looks from
`document`                    what every file begins with
`loader`, `folder`            from a path, or from an id, to a model
`checking`                    every problem in some files, each with its line and what to do
`inspection`                  one file, read and checked: the road that all of the above take
`yaml_tree`, `yaml_faults`    the part of YAML that is read, and what is said about the rest
`sentences`                   what a validation found, in plain words
`rules`, `ways`, `pictures`   what must hold beyond the form of a file
`markdown`, `words`           what pages show: rendered Markdown, and the words of the interface
============================  =========================================================================
"""

from __future__ import annotations

from casework.content.case import Beat, Case, Moment, Person, Support
from casework.content.checking import check
from casework.content.checklist import Checklist, ChecklistItem
from casework.content.document import Document, Source
from casework.content.folder import Folder, find_folder, shipped_folder
from casework.content.loader import load_case, load_checklist, load_perspectives
from casework.content.markdown import to_html, to_inline_html, to_plain
from casework.content.perspective import Perspective, PerspectiveSet
from casework.content.problem import Problem
from casework.content.scene import Choice, Image, Pause, Prompt, Scene, When

__all__ = [
    "Beat",
    "Case",
    "Checklist",
    "ChecklistItem",
    "Choice",
    "Document",
    "Folder",
    "Image",
    "Moment",
    "Pause",
    "Person",
    "Perspective",
    "PerspectiveSet",
    "Problem",
    "Prompt",
    "Scene",
    "Source",
    "Support",
    "When",
    "check",
    "find_folder",
    "load_case",
    "load_checklist",
    "load_perspectives",
    "shipped_folder",
    "to_html",
    "to_inline_html",
    "to_plain",
]
