import {html, nothing} from 'lit';
import {Once} from '../api/once';
import {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {field} from '../design/field';
import {focusNow} from '../design/focus';
import {notice} from '../design/notice';
import {rotateKey} from './calls';
import type {IssuedKey, Key} from './key';
import {secretPanel} from './secret-panel';

const OVERLAPS: [number, string][] = [[0, 'At once'], [3600, 'In an hour'], [86_400, 'In a day'], [604_800, 'In a week'], [2_592_000, 'In 30 days']];

/** Gives a key a new secret, and shows it. */
class RotateKeyDialog extends Dialog {
  static override properties = {key: {attribute: false}, issued: {state: true}, problem: {state: true}, busy: {state: true}};

  declare key: Key;
  declare issued: IssuedKey | null;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  private overlap = 86_400;
  private readonly once = new Once();

  constructor() {
    super();
    this.issued = null;
    this.problem = null;
    this.busy = false;
  }

  protected heading() {
    return this.issued ? 'The new secret is ready' : `Rotate ${this.key.name}`;
  }

  protected override mayClose() {
    return !this.issued;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      this.issued = await rotateKey(this.key.id, this.overlap, this.once.keyFor(this.overlap));
      await focusNow(this, 'tk-copy-button button');
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    return this.issued
      ? html`<div class="pane"><div class="dialog-body">${secretPanel(this.issued.api_key)}</div>
          <div class="dialog-foot"><button class="button primary" @click=${() => this.close(this.issued)}>I have kept it</button></div></div>`
      : html`<form novalidate @submit=${this.submit}><div class="dialog-body">
          ${this.problem ? notice('bad', this.problem.message) : nothing}
          <p>The key gets a new secret. Its id, settings, budgets and usage stay.</p>
          ${field({id: 'overlap', label: 'The old secret stops', hint: 'Until then both work, so that programs can change over one by one. One from before the last rotation stops in any case.'},
            html`<select class="input" id="overlap" aria-describedby="overlap-hint" @change=${(event: Event) => (this.overlap = Number((event.target as HTMLSelectElement).value))}>
              ${OVERLAPS.map(([seconds, name]) => html`<option value=${seconds} ?selected=${seconds === this.overlap}>${name}</option>`)}</select>`)}
          </div>
          <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
            <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Rotating…' : 'Rotate'}</button></div></form>`;
  }
}

customElements.define('tk-rotate-key-dialog', RotateKeyDialog);
