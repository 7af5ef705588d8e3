import {html, nothing, type TemplateResult} from 'lit';
import {Fetched} from '../api/fetched';
import {Dialog} from '../design/dialog';
import type {FieldTexts} from '../design/field';
import {choice, type Choice, formFoot, line, tick} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {listKeys} from '../keys/calls';
import {members} from '../members/members';
import {type Budget, createBudget, PERIODS, SCOPES, updateBudget} from './budgets';
import {type Draft, draftOf, settingsOf} from './draft';

/** Makes a budget, or changes one. */
class BudgetDialog extends Dialog {
  static override properties = {budget: {attribute: false}, draft: {state: true}};

  /** The one to be changed; null for a new one. */
  declare budget: Budget | null;
  declare draft: Draft;
  private readonly keys = new Fetched<Choice[]>(this, async () => (await listKeys({search: '', status: ''})).items.map(({id, name}) => [id, name]));
  private readonly users = new Fetched<Choice[]>(this, async () => (await members()).items.map(({user_id: id, name}) => [id, name]));
  private readonly sending = new Submission(this, async () => {
    const settings = settingsOf(this.draft);
    this.close(await (this.budget ? updateBudget(this.budget.id, settings) : createBudget(settings)));
  });

  constructor() {
    super();
    this.budget = null;
    this.draft = draftOf(null);
  }

  override connectedCallback() {
    super.connectedCallback();
    this.draft = draftOf(this.budget);
  }

  protected heading() {
    return this.budget ? 'Edit the budget' : 'Create a budget';
  }

  private set(change: Partial<Draft>) {
    this.draft = {...this.draft, ...change};
  }

  protected content() {
    const {busy, problem} = this.sending;
    const said = problem?.besides('name', 'scope', 'key_id', 'user_id', 'period', 'timezone', 'thresholds', 'hard_limit');
    const {draft} = this;
    return html`<form novalidate @submit=${this.sending.submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.text('name', {id: 'budget-name', label: 'Name', optional: true, error: problem?.of('name')})}
        ${this.choose('scope', {id: 'budget-scope', label: 'Whose usage counts', error: problem?.of('scope')}, SCOPES)}
        ${draft.scope === 'key' ? this.choose('keyId', {id: 'budget-key', label: 'Key', error: problem?.of('key_id')}, [['', 'Choose a key'], ...(this.keys.value ?? [])]) : nothing}
        ${draft.scope === 'user' ? this.choose('userId', {id: 'budget-user', label: 'User', error: problem?.of('user_id'), hint: 'The keys that they made.'}, [['', 'Choose a user'], ...(this.users.value ?? [])]) : nothing}
        ${this.text('limit', {id: 'budget-limit', label: 'Limit', error: problem?.of('hard_limit'), hint: 'An amount in the team’s currency, such as 250 or 99.50.'}, 'decimal')}
        ${this.choose('period', {id: 'budget-period', label: 'For', error: problem?.of('period')}, PERIODS)}
        ${this.text('timezone', {id: 'budget-zone', label: 'Time zone', error: problem?.of('timezone'), hint: 'In whose calendar a window begins, such as Europe/Vienna.'})}
        ${this.text('thresholds', {id: 'budget-thresholds', label: 'Tell at', optional: true, error: problem?.of('thresholds'), hint: 'Per cent of the limit, such as 50, 80, 100. Webhooks are told, once in each window.'})}
        ${tick('Refuse who has used it up', draft.enforced, enforced => this.set({enforced}), 'Where this is off, the budget only tells.')}</div>
      ${formFoot(this.budget ? 'Save' : 'Create', busy, () => this.close())}</form>`;
  }

  private text(name: 'name' | 'limit' | 'timezone' | 'thresholds', texts: FieldTexts, mode: 'text' | 'decimal' = 'text'): TemplateResult {
    return line(texts, this.draft[name], value => this.set({[name]: value}), {mode});
  }

  private choose(name: 'scope' | 'period' | 'keyId' | 'userId', texts: FieldTexts, choices: Choice[]): TemplateResult {
    return choice(texts, this.draft[name], choices, value => this.set({[name]: value}));
  }
}

customElements.define('tk-budget-dialog', BudgetDialog);
