// What a page of a room speaks with: the interface's words in a language, which the server gives as they are.

export interface Speech {
  language: string;
  languages: string[];
  words: Record<string, string>;
  theme: Record<string, string>;
}

const known = new Map<string, Promise<Speech>>();

/** Fetches the words; a bad network is asked again and again, since without words there is no page. */
export function speech(language: string): Promise<Speech> {
  const found = known.get(language) ?? fetchPatiently(language);
  known.set(language, found);
  return found;
}

async function fetchPatiently(language: string): Promise<Speech> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(new URL(`../words/${language}.json`, staticFolder()));
      if (answer.status === 404) return speech("en");
      if (answer.ok) return (await answer.json()) as Speech;
    } catch {
      // tried again below
    }
    await new Promise((after) => setTimeout(after, Math.min(8_000, 500 * 2 ** attempt)));
  }
}

/** Where the built front end is: the page says it with the script that it loads. */
function staticFolder(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src*="/static/"]');
  return new URL(".", script?.src ?? location.href).href;
}

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The words for a key, with {placeholders} filled. */
export function sayer(words: Record<string, string>): Say {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** One of two keys: `key_one` for one, `key` for any other number. */
export function sayCount(say: Say, key: string, count: number, values: Record<string, string | number> = {}): string {
  return say(count === 1 ? `${key}_one` : key, { count, ...values });
}

/** The name of a language, in itself. */
export function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The name of a language, in another one. */
export function nameIn(language: string, speaking: string): string {
  return new Intl.DisplayNames([speaking], { type: "language" }).of(language) ?? language;
}
