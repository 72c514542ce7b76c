"""What facilitators write, read from YAML into frozen models.

============================  =========================================================================
`case`, `scene`, `people`     a `Case` with its `Scene`s, `Pause`s, `Prompt`s and `Choice`s; who is in it
`moment`, `checklist`         what to observe, and what to look for; `coding` is what others saw there
`perspective`                 whose experience one looks from
`survey`, `scale`             what to ask, and what to rate on
`codebook`, `targets`         themes to code with, and the hours that an RSC log counts towards
`document`, `kinds`           what every file begins with, and the kinds of files there are
`loader`, `folder`            from a path, or from an id, to a model
`checking`                    every problem in some files, each with its line and what to do
`inspection`                  one file, read and checked: the road that all of the above take
`yaml_tree`, `yaml_faults`    the part of YAML that is read, and what is said about the rest
`sentences`                   what a validation found, in plain words
`anywhere`, `needs`           what must hold beyond the form of a file, of any kind
`rules`, `ways`, `media`      what must hold in a case, and of the files it names
`remarks`, `reading`          what does no harm: how hard a scene is to read, how many ways there are
`notebooks`                   the ids that notebooks name, and whether both languages do the same
`schema`                      the same for editors that complete what one types
`translation` and its kin     a file's strings in another language, and their way to a translator and back
`markdown`, `words`           what pages show: rendered Markdown, and the words of the interface
============================  =========================================================================
"""

from __future__ import annotations

from casework.content.case import Case, Support
from casework.content.checking import check
from casework.content.checklist import Checklist, ChecklistItem
from casework.content.codebook import Code, Codebook
from casework.content.coding import Coding, ReferenceMark
from casework.content.document import Document, Source
from casework.content.folder import Folder, find_folder, shipped_folder
from casework.content.loader import load_case, load_checklist, load_document, load_perspectives
from casework.content.markdown import to_html, to_inline_html, to_plain
from casework.content.media import Image, Recording
from casework.content.moment import Beat, Moment, MomentSet
from casework.content.people import Person, RelationshipMap, Tie
from casework.content.perspective import Perspective, PerspectiveSet
from casework.content.problem import Problem
from casework.content.scale import Scale, ScaleLabel
from casework.content.scene import Choice, Held, Look, Pause, Prompt, Scene, When
from casework.content.survey import Survey, SurveyItem
from casework.content.targets import Target, Targets

__all__ = [
    "Beat",
    "Case",
    "Checklist",
    "ChecklistItem",
    "Choice",
    "Code",
    "Codebook",
    "Coding",
    "Document",
    "Folder",
    "Held",
    "Image",
    "Look",
    "Moment",
    "MomentSet",
    "Pause",
    "Person",
    "Perspective",
    "PerspectiveSet",
    "Problem",
    "Prompt",
    "Recording",
    "ReferenceMark",
    "RelationshipMap",
    "Scale",
    "ScaleLabel",
    "Scene",
    "Source",
    "Support",
    "Survey",
    "SurveyItem",
    "Target",
    "Targets",
    "Tie",
    "When",
    "check",
    "find_folder",
    "load_case",
    "load_checklist",
    "load_document",
    "load_perspectives",
    "shipped_folder",
    "to_html",
    "to_inline_html",
    "to_plain",
]
