// Survey: items to answer, part by part, and what they add up to at the end.

import fields from "./kit/fields.css";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { subject } from "./survey/answers.ts";
import type { SurveyContent, SurveyState } from "./survey/content.ts";
import { End } from "./survey/end.tsx";
import { Form } from "./survey/form.tsx";
import styles from "./survey/survey.css";

function Survey() {
  const { state } = usePage<SurveyContent, SurveyState>();
  return state.finished ? <End /> : <Form />;
}

export default activity<SurveyContent, SurveyState>(
  {
    prompt: (content, _state, id) => {
      const item = content.items.find((one) => one.id === id);
      return item && { id, html: item.html, perspectives: [], again: null, share: "private", who: content.who };
    },
    responses: (state) => state.responses,
    subject,
    place: ({ finished }) => String(finished),
  },
  Survey,
  fields + styles,
);
