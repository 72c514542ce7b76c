// Fields: native elements, each with its label, its hint and, when something is missing, a sentence tied to it.

import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface FieldProps {
  label: string;
  value: string;
  set(value: string): void;
  type?: "text" | "date" | "number";
  hint?: string;
  fault?: string | undefined;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  /** Words to choose from. */
  known?: string[];
  decimal?: boolean;
}

export function Field({ label, value, set, type = "text", hint, fault, known, decimal, ...limits }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  const number = type === "number";
  return (
    <div class={`field ${type}`}>
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="small">
          {hint}
        </p>
      )}
      <input
        id={id}
        type={number ? "text" : type}
        inputMode={number ? (decimal ? "decimal" : "numeric") : undefined}
        autocomplete="off"
        maxLength={type === "text" ? 200 : undefined}
        value={value}
        list={known?.length ? `${id}-known` : undefined}
        aria-describedby={told || undefined}
        aria-invalid={fault ? true : undefined}
        onInput={(event) => set(event.currentTarget.value)}
        {...(type === "date" ? limits : {})}
      />
      {known && known.length > 0 && (
        <datalist id={`${id}-known`}>
          {known.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      {fault && (
        <p id={`${id}-fault`} class="trouble fault">
          {fault}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  value: T;
  options: readonly { value: T; label: string }[];
  set(value: T): void;
  /** One below the other. */
  stacked?: boolean;
}

/** One of a few. */
export function Choice<T extends string>({ legend, value, options, set, stacked = false }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div class={stacked ? "pills stacked" : "pills"}>
        {options.map((option) => (
          <label key={option.value} class="pill">
            <input type="radio" name={name} checked={value === option.value} onChange={() => set(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SeveralProps {
  legend: string;
  hint?: string;
  chosen: string[];
  options: readonly { value: string; label: ComponentChildren; lang?: string | undefined }[];
  set(chosen: string[]): void;
  stacked?: boolean;
}

/** Any of a few. */
export function Several({ legend, hint, chosen, options, set, stacked = false }: SeveralProps) {
  const id = useId();
  const toggle = (value: string): void =>
    set(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset class="choice" aria-describedby={hint ? id : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p id={id} class="small">
          {hint}
        </p>
      )}
      <div class={stacked ? "pills stacked" : "pills"}>
        {options.map(({ value, label, lang }) => (
          <label key={value} class="pill" lang={lang}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface FormProps {
  children: ComponentChildren;
  class?: string;
  send(): void;
  /** How many faults there are: when there are some after sending, the first takes the focus. */
  faults: number;
  label: string;
}

/** A form that goes to its first fault. */
export function Form({ children, send, faults, label, class: name = "" }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(0);
  useEffect(() => {
    if (sent.current && faults) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [sent.current]);
  return (
    <form
      ref={form}
      class={`panel form ${name}`}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sent.current++;
        send();
      }}
    >
      {children}
    </form>
  );
}

/** Moves the focus to something that is about to be there: the heading of a form, or what opened it once it is closed. */
export function useMove<T extends HTMLElement>(): { root: RefObject<T | null>; moveTo(selector: string): void } {
  const root = useRef<T | null>(null);
  const wanted = useRef("");
  useEffect(() => {
    const found = wanted.current && root.current?.querySelector<HTMLElement>(wanted.current);
    if (!found) return;
    wanted.current = "";
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "nearest" });
  });
  return { root, moveTo: (selector) => (wanted.current = selector) };
}
