import {html, nothing, type TemplateResult} from 'lit';
import {icon} from './icons';

/** What stands around a control. */
export interface FieldTexts {
  /** The control's `id`. */
  id: string;
  label: string;
  hint?: string | TemplateResult;
  /** What is wrong with it, in the API's words. */
  error?: string;
  optional?: boolean;
}

/** A control with its label, its hint and what is wrong with it. Give the control `aria-describedby=${describedBy(texts)}`. */
export function field(texts: FieldTexts, control: TemplateResult) {
  return html`<div class="field">
    <label for=${texts.id}>${texts.label}${texts.optional ? html` <span class="optional">optional</span>` : nothing}</label>
    ${control}
    ${fieldError(texts.id, texts.error)}
    ${texts.hint ? html`<p class="hint" id="${texts.id}-hint">${texts.hint}</p>` : nothing}
  </div>`;
}

/** What is wrong with a control. */
export function fieldError(id: string, error: string | undefined) {
  return error ? html`<p class="problem-text" id="${id}-error">${icon('warning')}<span>${error}</span></p>` : nothing;
}

/** The ids of a control's hint and error, as `aria-describedby` wants them. */
export function describedBy(texts: FieldTexts): string | typeof nothing {
  const ids = [texts.error ? `${texts.id}-error` : '', texts.hint ? `${texts.id}-hint` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : nothing;
}
