// What every piece of a board needs to speak: the words, and the language of the page.

import type { Say } from "../room/speech.ts";

export interface Voice {
  say: Say;
  language: string;
}
