import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {ago} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import './team-dialog';
import {type Team, teams} from './teams';

/** Everybody who is billed. */
class TeamsPage extends View {
  static override properties = {creating: {state: true}};

  declare creating: boolean;
  private readonly list = new Paged<Team>(this, teams);

  constructor() {
    super();
    this.creating = false;
  }

  private closed(event: CustomEvent<Team | undefined>) {
    this.creating = false;
    if (event.detail) {
      toast(`${event.detail.name} is there`);
      void this.list.reload();
    }
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Teams</h1><p class="under">Everybody who is billed: their currency, how they pay, whether their keys work.</p></div>${this.createButton()}</div>
      <section class="card" aria-label="Teams" aria-busy=${this.list.busy}>${this.shown()}</section>
      ${this.creating ? html`<tk-team-dialog @closed=${this.closed}></tk-team-dialog>` : nothing}
    </div>`;
  }

  private createButton() {
    return html`<button class="button primary" @click=${() => (this.creating = true)}>${icon('plus')}Create team</button>`;
  }

  private shown() {
    return shownList(this.list, 'the teams', () => empty('building', 'No teams yet', 'A team has projects and people, and one ledger.'),
      items => html`<div class="table-frame" tabindex="0" role="region" aria-label="All teams"><table class="table">
          <thead><tr><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Billing</th><th scope="col" class="wide-only">Since</th></tr></thead>
          <tbody>${items.map(team => this.row(team))}</tbody></table></div>${showMore(this.list)}`);
  }

  private row({id, name, status, currency, billing_mode: mode, created_at: since}: Team) {
    return html`<tr><td><a class="main" href="/teams/${id}">${name}</a></td>
      <td><span class="badge dot ${status === 'active' ? 'good' : 'bad'}">${status === 'active' ? 'Active' : 'Suspended'}</span></td>
      <td class="nowrap">${mode}, ${currency}</td><td class="wide-only nowrap">${ago(new Date(since))}</td></tr>`;
  }
}

customElements.define('tk-teams-page', TeamsPage);
