import {html, nothing, type TemplateResult} from 'lit';
import {Fetched} from '../api/fetched';
import {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {describedBy, field, type FieldTexts} from '../design/field';
import {focusFirstError} from '../design/focus';
import {notice} from '../design/notice';
import {listKeys} from '../keys/calls';
import {members} from '../members/members';
import {type Budget, createBudget, PERIODS, SCOPES, updateBudget} from './budgets';
import {type Draft, draftOf, settingsOf} from './draft';

type Choices = [string, string][];

/** Makes a budget, or changes one. */
class BudgetDialog extends Dialog {
  static override properties = {budget: {attribute: false}, draft: {state: true}, problem: {state: true}, busy: {state: true}};

  /** The one to be changed; null for a new one. */
  declare budget: Budget | null;
  declare draft: Draft;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  private readonly keys = new Fetched<Choices>(this, async () => (await listKeys({search: '', status: ''})).items.map(({id, name}) => [id, name]));
  private readonly users = new Fetched<Choices>(this, async () => (await members()).items.map(({user_id: id, name}) => [id, name]));

  constructor() {
    super();
    this.budget = null;
    this.draft = draftOf(null);
    this.problem = null;
    this.busy = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.draft = draftOf(this.budget);
  }

  protected heading() {
    return this.budget ? 'Edit the budget' : 'Create a budget';
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      const settings = settingsOf(this.draft);
      this.close(await (this.budget ? updateBudget(this.budget.id, settings) : createBudget(settings)));
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  private set(change: Partial<Draft>) {
    this.draft = {...this.draft, ...change};
  }

  protected content() {
    const said = this.problem?.besides('name', 'scope', 'key_id', 'user_id', 'period', 'timezone', 'thresholds', 'hard_limit');
    const {draft} = this;
    return html`<form novalidate @submit=${this.submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.text('name', {id: 'budget-name', label: 'Name', optional: true, error: this.problem?.of('name')})}
        ${this.choose('scope', {id: 'budget-scope', label: 'Whose usage counts', error: this.problem?.of('scope')}, SCOPES)}
        ${draft.scope === 'key' ? this.choose('keyId', {id: 'budget-key', label: 'Key', error: this.problem?.of('key_id')}, [['', 'Choose a key'], ...(this.keys.value ?? [])]) : nothing}
        ${draft.scope === 'user' ? this.choose('userId', {id: 'budget-user', label: 'User', error: this.problem?.of('user_id'), hint: 'The keys that they made.'}, [['', 'Choose a user'], ...(this.users.value ?? [])]) : nothing}
        ${this.text('limit', {id: 'budget-limit', label: 'Limit', error: this.problem?.of('hard_limit'), hint: 'An amount in the team’s currency, such as 250 or 99.50.'}, 'decimal')}
        ${this.choose('period', {id: 'budget-period', label: 'For', error: this.problem?.of('period')}, PERIODS)}
        ${this.text('timezone', {id: 'budget-zone', label: 'Time zone', error: this.problem?.of('timezone'), hint: 'In whose calendar a window begins, such as Europe/Vienna.'})}
        ${this.text('thresholds', {id: 'budget-thresholds', label: 'Tell at', optional: true, error: this.problem?.of('thresholds'), hint: 'Per cent of the limit, such as 50, 80, 100. Webhooks are told, once in each window.'})}
        <label class="choice"><input type="checkbox" .checked=${draft.enforced} @change=${(event: Event) => this.set({enforced: (event.target as HTMLInputElement).checked})}>
          <span><strong>Refuse who has used it up</strong><span class="hint">Where this is off, the budget only tells.</span></span></label></div>
      <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        <button class="button primary" aria-disabled=${this.busy}>${this.budget ? 'Save' : 'Create'}</button></div></form>`;
  }

  private text(name: 'name' | 'limit' | 'timezone' | 'thresholds', texts: FieldTexts, mode = 'text'): TemplateResult {
    return field(texts, html`<input class="input" id=${texts.id} autocomplete="off" inputmode=${mode} maxlength="200" .value=${this.draft[name]}
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => this.set({[name]: (event.target as HTMLInputElement).value})}>`);
  }

  private choose(name: 'scope' | 'period' | 'keyId' | 'userId', texts: FieldTexts, choices: [string, string][]): TemplateResult {
    return field(texts, html`<select class="input" id=${texts.id} aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @change=${(event: Event) => this.set({[name]: (event.target as HTMLSelectElement).value})}>
      ${choices.map(([value, label]) => html`<option value=${value} ?selected=${this.draft[name] === value}>${label}</option>`)}</select>`);
  }
}

customElements.define('tk-budget-dialog', BudgetDialog);
