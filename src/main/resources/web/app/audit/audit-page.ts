import {html} from 'lit';
import {Narrowing} from '../api/narrowing';
import {NOTHING, Paged} from '../api/paged';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {View} from '../design/view';
import {isAdmin} from '../session/session';
import './chain-status';
import type {Entry} from './entries';
import {entryItem} from './entry-item';
import {log} from './log';

const ACTIONS: [string, string][] = [['', 'Everything'], ['key.', 'Keys'], ['config.', 'Settings'], ['member.', 'Members'], ['user.', 'Users'], ['project.', 'Projects'],
  ['credit.', 'Credit'], ['budget.', 'Budgets'], ['reservation.', 'Reservations'], ['webhook.', 'Webhooks'], ['team.', 'The team'], ['request.', 'Refused calls']];

/** What was done in the team, by whom and from where. */
class AuditPage extends View {
  private readonly filter = new Narrowing(this, {actor: '', action: ''}, () => void this.entries.restart());
  private readonly entries = new Paged<Entry>(this, async cursor => (isAdmin() ? log(this.filter.applied, cursor) : NOTHING));

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Audit log</h1>
        <p class="under">Every change, and every management call that was refused, the newest first. Each entry is chained to the one before, so that an edit shows.</p></div></div>
      ${isAdmin() ? html`<tk-chain-status></tk-chain-status>${this.filters()}
        <section class="card" aria-label="Entries" aria-busy=${this.entries.busy}>${this.list()}</section>`
        : html`<section class="card">${empty('lock', 'Not open to you', 'The audit log is for admins of the team.')}</section>`}
    </div>`;
  }

  private filters() {
    return html`<div class="filters">
      <div class="search">${icon('search')}<input class="input" type="search" aria-label="Who: a name or an id" placeholder="Who: a name or an id" maxlength="254"
        autocomplete="off" .value=${this.filter.shown.actor}
        @input=${(event: Event) => this.filter.typed({actor: (event.target as HTMLInputElement).value})}></div>
      <select class="input medium" aria-label="What" @change=${(event: Event) => this.filter.to({action: (event.target as HTMLSelectElement).value})}>
        ${ACTIONS.map(([action, name]) => html`<option value=${action} ?selected=${this.filter.shown.action === action}>${name}</option>`)}</select>
    </div>`;
  }

  private list() {
    return shownList(this.entries, 'the log', () => empty('search', 'Nothing fits', 'Another name or kind may find what you look for.'),
      items => html`<div class="inside form"><ol class="timeline">${items.map(entry => entryItem(entry, {withTarget: true}))}</ol>
        ${showMore(this.entries, '')}</div>`);
  }
}

customElements.define('tk-audit-page', AuditPage);
