// A few answers as chips: one of them, or several.

import { html } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "./icon.js";

/** @typedef {{code: string, text: string}} Choice */

let made = 0;

/**
 * One answer; tapping the chosen one again takes it back when `clear` is given.
 * @param {object} question
 * @param {string} question.legend
 * @param {boolean} [question.quiet] legend only for those who listen
 * @param {Choice[]} question.options
 * @param {string | null | undefined} question.value
 * @param {(code: string) => unknown} question.choose
 * @param {() => unknown} [question.clear]
 */
export function oneOf({ legend, quiet = false, options, value, choose, clear }) {
  const name = `one-${++made}`;
  return html`<fieldset class="asked">
    <legend class=${quiet ? "spoken" : ""}>${legend}</legend>
    <div class="chips">
      ${options.map(
        ({ code, text }) => html`<label class="chip">
          <input type="radio" name=${name} value=${code} .checked=${live(code === value)} @change=${() => choose(code)}
            @click=${() => code === value && clear?.()} />
          ${icon("check")} ${text}
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/**
 * Any number of answers.
 * @param {object} question
 * @param {string} question.legend
 * @param {boolean} [question.quiet]
 * @param {Choice[]} question.options
 * @param {string[]} question.values
 * @param {(codes: string[]) => unknown} question.choose with the codes in the order of the options
 */
export function anyOf({ legend, quiet = false, options, values, choose }) {
  /** @param {string} code */
  const toggled = (code) =>
    options.map((option) => option.code).filter((each) => (each === code) !== values.includes(each));
  return html`<fieldset class="asked">
    <legend class=${quiet ? "spoken" : ""}>${legend}</legend>
    <div class="chips">
      ${options.map(
        ({ code, text }) => html`<label class="chip">
          <input type="checkbox" value=${code} .checked=${live(values.includes(code))} @change=${() => choose(toggled(code))} />
          ${icon("check")} ${text}
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/**
 * A whole number with its two buttons.
 * @param {object} question
 * @param {string} question.legend
 * @param {number | null | undefined} question.value
 * @param {number} [question.start] from where the first touch counts while nothing is said
 * @param {(value: number) => unknown} question.choose
 * @param {{less: string, more: string}} question.words for those who listen
 */
export function counter({ legend, value, start = 0, choose, words }) {
  const now = value ?? start;
  return html`<div class="counter" role="group" aria-label=${legend}>
    <span>${legend}</span>
    <button class="tool" type="button" aria-label=${words.less} @click=${() => choose(Math.max(0, now - 1))}>−</button>
    <output>${value ?? "–"}</output>
    <button class="tool" type="button" aria-label=${words.more} @click=${() => choose(now + 1)}>+</button>
  </div>`;
}
