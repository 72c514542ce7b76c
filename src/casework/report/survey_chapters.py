"""What someone answered in a survey, and the plan that grew from it, as parts of their own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.markdown import to_plain
from casework.report.chapter import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.plan import Plan, PlanState, Step
    from casework.activity.survey import Answering, SurveyState


def survey_chapters(rules: Answering, state: SurveyState, words: Mapping[str, str]) -> list[Chapter]:
    """Return what one answered in one round of a survey."""
    answers = rules.answers(state)
    entries = tuple((to_plain(item.text), answers[item.id].text) for item in rules.survey.items if item.id in answers)
    if not entries:
        return []
    title = words["survey.chapter"].format(title=rules.survey.title)
    if rules.round:
        last = max(answer.at for answer in answers.values()).date().isoformat()
        name = words.get(f"survey.round_{rules.round}", last)
        title = words["survey.chapter_round"].format(title=rules.survey.title, round=name)
    return [Chapter(title, entries)]


def plan_chapters(rules: Plan, state: PlanState, words: Mapping[str, str]) -> list[Chapter]:
    """Return one's plan: each step with what one wrote, and how it went."""
    questions = {item.id: to_plain(item.text) for item in rules.survey.items}
    shown = [step for step in state.steps.values() if not step.removed]
    entries = tuple(
        (f"{words['plan.step'].format(at=number)}. {state.text(step.id, 'what')}", told)
        for number, step in enumerate(shown, 1)
        if (told := "\n".join(_told(step, state, questions, words))) or state.text(step.id, "what")
    )
    return [Chapter(words["plan.chapter"].format(title=rules.survey.title), entries)] if entries else []


def _told(step: Step, state: PlanState, questions: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    lines = {
        "from": questions.get(step.item or "", ""),
        "who": state.text(step.id, "who"),
        "by": step.by or "",
        "sign": state.text(step.id, "sign"),
    }
    told = [f"{words[f'plan.{name}']}: {text}" for name, text in lines.items() if text]
    for number, review in enumerate(step.reviews):
        how = words["plan.reviewed"].format(date=review.at.date().isoformat(), how=words[f"plan.how_{review.how}"])
        note = state.text(step.id, f"note-{number}")
        told.append(f"{how}. {note}" if note else how)
    return told
