import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import {Dialog} from './dialog';
import {describedBy, field} from './field';
import {focusFirstError} from './focus';
import {notice} from './notice';

/** What somebody is asked before something that cannot be undone. */
export interface Question {
  heading: string;
  text: string;
  /** The word on the button that does it. */
  verb: string;
  /** What has to be typed, so that it is not the wrong thing; nothing where it is not as grave. */
  typed?: string;
  /** Does it; `false` where whoever asked has nothing more to do. */
  act: () => Promise<unknown>;
}

/** Asks, does it, and closes with what came of it. */
class ConfirmDialog extends Dialog {
  static override properties = {question: {attribute: false}, problem: {state: true}, wrong: {state: true}, busy: {state: true}};

  declare question: Question;
  declare problem: ApiProblem | null;
  declare wrong: boolean;
  declare busy: boolean;

  constructor() {
    super();
    this.problem = null;
    this.wrong = false;
    this.busy = false;
  }

  protected heading() {
    return this.question.heading;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    this.wrong = this.question.typed !== undefined && new FormData(form).get('typed') !== this.question.typed;
    if (this.wrong || this.busy) {
      await focusFirstError(form);
      return;
    }
    this.busy = true;
    try {
      this.close((await this.question.act()) ?? true);
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    const {text, verb} = this.question;
    return html`<form novalidate @submit=${this.submit}><div class="dialog-body">
        ${this.problem ? notice('bad', this.problem.message) : nothing}<p>${text}</p>${this.typing()}</div>
      <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        <button class="button danger" aria-disabled=${this.busy}>${verb}</button></div></form>`;
  }

  private typing() {
    const {typed} = this.question;
    if (typed === undefined) {
      return nothing;
    }
    const texts = {id: 'confirm-typed', label: 'Type the name to confirm', hint: html`The name is <strong>${typed}</strong>`,
      error: this.wrong ? 'This is not the name.' : undefined};
    return field(texts, html`<input class="input" id=${texts.id} name="typed" autocomplete="off" spellcheck="false"
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}>`);
  }
}

customElements.define('tk-confirm-dialog', ConfirmDialog);
