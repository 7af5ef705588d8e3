import {html, nothing, type TemplateResult} from 'lit';
import {describedBy, field, type FieldTexts} from './field';

/** A value of a choice, and what it is called. */
export type Choice<T extends string = string> = readonly [T, string];

/** What sets a line of text apart from others. */
export interface LineSettings {
  type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local';
  autocomplete?: 'off' | 'new-password';
  mode?: 'text' | 'decimal' | 'numeric';
  mostCharacters?: number;
  mono?: boolean;
}

/** A line of text, with what stands around it. */
export function line(texts: FieldTexts, value: string, typed: (text: string) => void,
    {type = 'text', autocomplete = 'off', mode = 'text', mostCharacters = 200, mono = false}: LineSettings = {}): TemplateResult {
  return field(texts, html`<input class="input ${mono ? 'mono' : ''}" id=${texts.id} type=${type} autocomplete=${autocomplete} inputmode=${mode} spellcheck="false"
    autocapitalize="off" maxlength=${mostCharacters} .value=${value} aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
    @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}>`);
}

/** One of several, with what stands around it. */
export function choice<T extends string>(texts: FieldTexts, value: T, choices: readonly Choice<T>[], chosen: (value: T) => void): TemplateResult {
  return field(texts, html`<select class="input" id=${texts.id} aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
    @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value as T)}>
    ${choices.map(([word, name]) => html`<option value=${word} ?selected=${word === value}>${name}</option>`)}</select>`);
}

/** Something that is on or off. */
export function tick(name: string, on: boolean, ticked: (on: boolean) => void, hint: string | typeof nothing = nothing): TemplateResult {
  return html`<label class="choice"><input type="checkbox" .checked=${on} @change=${(event: Event) => ticked((event.target as HTMLInputElement).checked)}>
    <span><strong>${name}</strong>${hint === nothing ? nothing : html`<span class="hint">${hint}</span>`}</span></label>`;
}

/** The foot of a dialog that is a form. */
export function formFoot(verb: string, busy: boolean, cancel: () => void, kind: 'primary' | 'danger' = 'primary'): TemplateResult {
  return html`<div class="dialog-foot"><button type="button" class="button" @click=${cancel}>Cancel</button>
    <button class="button ${kind}" aria-disabled=${busy}>${verb}</button></div>`;
}
