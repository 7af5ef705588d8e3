import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {money} from '../design/money';
import {showMore} from '../design/show-more';
import {empty, failed, loading} from '../design/states';
import {ago} from '../design/time';
import {View} from '../design/view';
import {current, isAdmin} from '../session/session';
import './budget-dialog';
import {type Budget, budgets, deleteBudget, PERIODS, SCOPES} from './budgets';

const NEAR = 0.8;

type Open = 'create' | {edited: Budget} | {question: Question} | null;

/** The project's limits on what may be spent, and how much of each is. */
class BudgetsPage extends View {
  static override properties = {open: {state: true}};

  declare open: Open;
  private readonly list = new Paged<Budget>(this, cursor => budgets(cursor));

  constructor() {
    super();
    this.open = null;
  }

  private askToDelete(budget: Budget) {
    this.open = {question: {
      heading: `Delete ${title(budget)}?`,
      text: 'Nothing is refused for its sake any more, from now on. What was spent stays on the bills.',
      verb: 'Delete budget',
      act: () => deleteBudget(budget.id),
    }};
  }

  private async closed(said: string, event: CustomEvent<unknown>) {
    this.open = null;
    await afterDialog(this, event, said, () => this.list.reload());
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Budgets</h1><p class="under">Limits on what the project, its keys and its people may cost. Who has used one up is refused within a second.</p></div>
        ${isAdmin() && current().projectId ? this.createButton() : nothing}</div>
      ${this.shown()}${this.dialog()}
    </div>`;
  }

  private createButton() {
    return html`<button class="button primary" @click=${() => (this.open = 'create')}>${icon('plus')}Create budget</button>`;
  }

  private shown() {
    const {items, problem} = this.list;
    if (!current().projectId) {
      return html`<section class="card">${empty('info', 'You are in no project', 'Budgets belong to a project. An admin of your team can make one.')}</section>`;
    }
    if (problem) {
      return html`<section class="card">${failed(problem, () => void this.list.restart())}</section>`;
    }
    if (!items) {
      return html`<section class="card">${loading('the budgets')}</section>`;
    }
    return items.length === 0
      ? html`<section class="card">${empty('gauge', 'No budgets yet', 'A budget keeps a project, a key or a user from costing more than you want.', isAdmin() ? this.createButton() : nothing)}</section>`
      : html`<ul class="stack" aria-label="Budgets">${items.map(budget => this.item(budget))}</ul>
        ${showMore(this.list, '')}`;
  }

  private item(budget: Budget) {
    // A picture only: the amounts beside it are exact.
    const part = Number(budget.spent) / Number(budget.hard_limit);
    const [look, word] = part >= 1 ? ['bad', budget.enforced ? 'Used up' : 'Over'] : part >= NEAR ? ['warn', 'Near its limit'] : ['good', 'In bounds'];
    return html`<li class="card"><div class="inside form">
      <div class="page-head"><div><h2 class="wrap-anywhere">${title(budget)}</h2>
          <div class="tags"><span class="badge dot ${look}">${word}</span><span class="muted small">${SCOPES.find(([scope]) => scope === budget.scope)?.[1]}, ${PERIODS.find(([period]) => period === budget.period)?.[1].toLowerCase()}${budget.enforced ? '' : ', only told'}</span></div></div>
        ${isAdmin() ? html`<div class="actions"><button class="button compact" aria-label="Edit ${title(budget)}" @click=${() => (this.open = {edited: budget})}>Edit</button>
          <button class="button compact warns" aria-label="Delete ${title(budget)}" @click=${() => this.askToDelete(budget)}>Delete</button></div>` : nothing}</div>
      <progress class="bar ${look}" max="1" value=${Math.min(part, 1)} aria-label="Spent of ${title(budget)}"></progress>
      <p><strong>${money(budget.spent, budget.currency)}</strong> <span class="muted">of ${money(budget.hard_limit, budget.currency)}${budget.resets_at ? html`, anew ${ago(new Date(budget.resets_at))}` : nothing}</span></p>
    </div></li>`;
  }

  private dialog() {
    const {open} = this;
    if (open === null) {
      return nothing;
    }
    if (open === 'create') {
      return html`<tk-budget-dialog @closed=${(event: CustomEvent) => this.closed('The budget counts from now on', event)}></tk-budget-dialog>`;
    }
    return 'edited' in open ? html`<tk-budget-dialog .budget=${open.edited} @closed=${(event: CustomEvent) => this.closed('Saved', event)}></tk-budget-dialog>`
      : html`<tk-confirm-dialog .question=${open.question} @closed=${(event: CustomEvent) => this.closed('The budget is deleted', event)}></tk-confirm-dialog>`;
  }
}

function title(budget: Budget): string {
  return budget.name ?? SCOPES.find(([scope]) => scope === budget.scope)?.[1] ?? 'Budget';
}

customElements.define('tk-budgets-page', BudgetsPage);
