import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {money} from '../design/money';
import {failed, loading} from '../design/states';
import {moment} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {navigate} from '../shell/router';
import './credit-dialog';
import './project-dialog';
import './team-dialog';
import {deleteTeam, getTeam, suspendTeam, type Team, unsuspendTeam} from './teams';

type Open = 'edit' | 'credit' | 'project' | Question | null;

/** One team, as its operator sees it. */
class TeamPage extends View {
  static override properties = {teamId: {}, open: {state: true}};

  declare teamId: string;
  declare open: Open;
  private readonly team = new Fetched<Team>(this, () => getTeam(this.teamId));

  constructor() {
    super();
    this.open = null;
  }

  private async closed(said: string, event: CustomEvent<unknown>) {
    this.open = null;
    await afterDialog(this, event, said, () => this.team.restart());
  }

  private askToSuspend({id, name}: Team) {
    this.open = {
      heading: `Suspend ${name}?`,
      text: 'All of its keys are refused within a second, on every replica. Nothing is lost: it can be taken back at any time.',
      verb: 'Suspend',
      act: () => suspendTeam(id),
    };
  }

  private askToUnsuspend({id, name}: Team) {
    this.open = {heading: `Let ${name} in again?`, text: 'Its keys work as before.', verb: 'Let in', act: () => unsuspendTeam(id)};
  }

  private askToDelete({id, name}: Team) {
    this.open = {
      heading: 'Delete this team?',
      text: 'Its keys stop at once, for good, and its projects go with it. What it was billed stays in the books.',
      verb: 'Delete team',
      typed: name,
      act: async () => {
        await deleteTeam(id);
        navigate('/teams');
        toast(`${name} is deleted`);
        return false;
      },
    };
  }

  protected override render() {
    const {value: team, problem} = this.team;
    return html`<div class="page"><nav class="crumbs" aria-label="Back"><a href="/teams">${icon('back')}Teams</a></nav>
      ${team ? this.page(team) : html`<h1 class="visually-hidden">Team</h1><section class="card">${problem ? failed(problem, () => void this.team.restart()) : loading('the team')}</section>`}</div>`;
  }

  private page(team: Team) {
    const suspended = team.status === 'suspended';
    return html`<div class="page-head"><div><h1>${team.name}</h1><div class="tags"><span class="badge dot ${suspended ? 'bad' : 'good'}">${suspended ? 'Suspended' : 'Active'}</span></div></div>
        <div class="actions"><button class="button" @click=${() => (this.open = 'edit')}>Edit</button>
          <button class="button" @click=${() => (this.open = 'project')}>New project</button>
          <button class="button primary" @click=${() => (this.open = 'credit')}>Give credit</button></div></div>
      <section class="card" aria-labelledby="details-heading"><header><h2 id="details-heading">Details</h2></header><dl class="facts inside">
        <dt>Id</dt><dd class="mono">${team.id}</dd><dt>Currency</dt><dd>${team.currency}</dd><dt>Billing</dt><dd>${team.billing_mode}</dd>
        <dt>Credit limit</dt><dd>${team.credit_limit === null ? 'None' : money(team.credit_limit, team.currency)}</dd><dt>Since</dt><dd>${moment(new Date(team.created_at))}</dd></dl></section>
      <section class="card" aria-labelledby="end-heading"><header><h2 id="end-heading">${suspended ? 'It is suspended' : 'Stop it'}</h2></header>
        <div class="inside form"><p class="muted">${suspended ? 'All of its keys are refused.' : 'Suspending can be taken back; deleting cannot.'}</p><div class="actions">
          ${suspended ? html`<button class="button" @click=${() => this.askToUnsuspend(team)}>Let in again…</button>`
            : html`<button class="button warns" @click=${() => this.askToSuspend(team)}>Suspend…</button>`}
          <button class="button warns" @click=${() => this.askToDelete(team)}>Delete…</button></div></div></section>
      ${this.dialog(team)}`;
  }

  private dialog(team: Team) {
    switch (this.open) {
      case null:
        return nothing;
      case 'edit':
        return html`<tk-team-dialog .team=${team} @closed=${(event: CustomEvent) => this.closed('Saved', event)}></tk-team-dialog>`;
      case 'credit':
        return html`<tk-credit-dialog .team=${team} @closed=${(event: CustomEvent) => this.closed('The credit is in the ledger', event)}></tk-credit-dialog>`;
      case 'project':
        return html`<tk-project-dialog .team=${team} @closed=${(event: CustomEvent) => this.closed('The project is there', event)}></tk-project-dialog>`;
      default:
        return html`<tk-confirm-dialog .question=${this.open} @closed=${(event: CustomEvent) => this.closed('Done', event)}></tk-confirm-dialog>`;
    }
  }
}

customElements.define('tk-team-page', TeamPage);
