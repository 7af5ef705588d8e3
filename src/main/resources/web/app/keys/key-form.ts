import {html, nothing} from 'lit';
import type {ApiProblem} from '../api/problem';
import {describedBy, field, fieldError, type FieldTexts} from '../design/field';
import {notice} from '../design/notice';
import {View} from '../design/view';
import type {Draft} from './draft';
import {LIFETIMES} from './expiry';
import {UNITS} from './rate';
import {grantableScopes} from './scopes';

const FIELDS = ['name', 'scopes', 'allowed_ips', 'expires_at', 'rate_limit', 'remaining_uses'];

/** The fields of a key, of one that is made and of one that is edited. It changes the draft that it is given. */
class KeyForm extends View {
  static override properties = {draft: {}, problem: {}, fresh: {type: Boolean}};

  declare draft: Draft;
  declare problem: ApiProblem | null;
  /** Whether the key is being made: then its kind is still open. */
  declare fresh: boolean;

  private set(change: Partial<Draft>) {
    Object.assign(this.draft, change);
    this.requestUpdate();
  }

  protected override render() {
    const besides = this.problem?.code === 'duplicate_name' ? undefined : this.problem?.besides(...FIELDS);
    return html`<div class="form">
      ${besides ? notice('bad', besides) : nothing}
      ${this.text('name', {id: 'key-name', label: 'Name', error: this.problem?.code === 'duplicate_name' ? this.problem.message : this.problem?.of('name'),
        hint: this.fresh ? 'So that you find it again: who uses it, and what for.' : undefined})}
      ${this.fresh ? this.kind() : nothing}
      ${this.draft.management ? this.scopes() : this.words()}
      ${this.expiry()}
      <details class="more" ?open=${this.hasRestrictions()}><summary>Restrictions</summary>
        <div class="form">${this.addresses()}${this.rate()}
          ${this.text('uses', {id: 'key-uses', label: 'Remaining uses', optional: true, error: this.problem?.of('remaining_uses'),
            hint: 'The key stops after so many requests.'}, 'numeric')}</div></details>
    </div>`;
  }

  private hasRestrictions(): boolean {
    const wrong = ['allowed_ips', 'rate_limit', 'remaining_uses'].some(name => this.problem?.of(name));
    return wrong || !this.fresh && (this.draft.ips !== '' || this.draft.rateLimit !== '' || this.draft.uses !== '');
  }

  private text(name: 'name' | 'uses' | 'words', texts: FieldTexts, mode = 'text') {
    return field(texts, html`<input class="input" id=${texts.id} autocomplete="off" inputmode=${mode} .value=${this.draft[name]}
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => this.set({[name]: (event.target as HTMLInputElement).value})}>`);
  }

  private kind() {
    const choice = (management: boolean, name: string, hint: string) => html`<label class="choice boxed">
      <input type="radio" name="kind" .checked=${this.draft.management === management} @change=${() => this.set({management})}>
      <span><strong>${name}</strong><span class="hint">${hint}</span></span></label>`;
    return html`<fieldset class="group"><legend>Kind</legend><div class="choices">
      ${choice(false, 'API key', 'For a customer or a program that uses the API. Manages nothing here.')}
      ${choice(true, 'Management key', 'For scripts that manage this project. Keep it on servers.')}</div></fieldset>`;
  }

  private scopes() {
    const offered = grantableScopes();
    const kept = this.draft.ticked.filter(word => !offered.some(scope => scope.word === word)).map(word => ({word, does: ''}));
    const error = this.problem?.of('scopes');
    return html`<fieldset class="group" aria-describedby=${error ? 'key-scopes-error' : nothing}><legend>Scopes</legend>
      <div class="choices two">${[...offered, ...kept].map(({word, does}) => html`<label class="choice">
        <input type="checkbox" .checked=${this.draft.ticked.includes(word)} @change=${() => this.tick(word)}>
        <span><span class="mono">${word}</span><span class="hint">${does}</span></span></label>`)}</div>
      ${fieldError('key-scopes', error)}</fieldset>`;
  }

  private tick(word: string) {
    const {ticked} = this.draft;
    this.set({ticked: ticked.includes(word) ? ticked.filter(other => other !== word) : [...ticked, word]});
  }

  private words() {
    return this.text('words', {id: 'key-scopes', label: 'Scopes', optional: true, error: this.problem?.of('scopes'),
      hint: 'Words of your own API, with spaces between them. Your gateway can ask for them.'});
  }

  private expiry() {
    const texts = {id: 'key-expiry', label: 'Expires', error: this.problem?.of('expires_at')};
    return field(texts, html`<div class="inline wraps">
      <select class="input" id=${texts.id} aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
        @change=${(event: Event) => this.set({lifetime: (event.target as HTMLSelectElement).value})}>
        ${LIFETIMES.map(([value, name]) => html`<option value=${value} ?selected=${this.draft.lifetime === value}>${name}</option>`)}</select>
      ${this.draft.lifetime === 'at' ? html`<input class="input" type="datetime-local" aria-label="Date and time" .value=${this.draft.at}
        @input=${(event: Event) => this.set({at: (event.target as HTMLInputElement).value})}>` : nothing}</div>`);
  }

  private addresses() {
    const texts = {id: 'key-ips', label: 'Allowed addresses', optional: true, error: this.problem?.of('allowed_ips'),
      hint: 'Addresses or CIDR blocks, one on a line, up to 100. From everywhere where there is none.'};
    return field(texts, html`<textarea class="input mono" id=${texts.id} rows="3" spellcheck="false" placeholder="203.0.113.0/24" .value=${this.draft.ips}
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => this.set({ips: (event.target as HTMLTextAreaElement).value})}></textarea>`);
  }

  private rate() {
    const texts = {id: 'key-rate', label: 'Rate limit', optional: true, error: this.problem?.of('rate_limit')};
    return field(texts, html`<div class="inline">
      <input class="input" id=${texts.id} inputmode="numeric" autocomplete="off" placeholder="Requests" .value=${this.draft.rateLimit}
        aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
        @input=${(event: Event) => this.set({rateLimit: (event.target as HTMLInputElement).value})}>
      <span class="muted">in</span>
      <input class="input short" inputmode="numeric" autocomplete="off" aria-label="Length of the window" .value=${this.draft.rateCount}
        @input=${(event: Event) => this.set({rateCount: (event.target as HTMLInputElement).value})}>
      <select class="input" aria-label="Unit of the window" @change=${(event: Event) => this.set({rateUnit: (event.target as HTMLSelectElement).value})}>
        ${UNITS.map(([length, name]) => html`<option value=${length} ?selected=${this.draft.rateUnit === String(length)}>${name}s</option>`)}</select></div>`);
  }
}

customElements.define('tk-key-form', KeyForm);
