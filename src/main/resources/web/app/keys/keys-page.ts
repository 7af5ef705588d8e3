import {html, nothing} from 'lit';
import {Narrowing} from '../api/narrowing';
import {Paged} from '../api/paged';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {ago} from '../design/time';
import {View} from '../design/view';
import {current} from '../session/session';
import {listKeys} from './calls';
import './create-dialog';
import {type Key, shown} from './key';
import {statusBadge} from './status-badge';

const STATUSES: [string, string][] = [['', 'All'], ['active', 'Active'], ['disabled', 'Disabled'], ['expired', 'Expired'], ['revoked', 'Revoked']];

/** The keys of the project. */
class KeysPage extends View {
  static override properties = {creating: {state: true}};

  declare creating: boolean;
  private readonly filter = new Narrowing(this, {search: '', status: ''}, () => void this.keys.restart());
  private readonly keys = new Paged<Key>(this, cursor => listKeys(this.filter.applied, cursor));

  constructor() {
    super();
    this.creating = false;
  }

  private created() {
    this.creating = false;
    void this.keys.reload();
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>API keys</h1>
        <p class="under">What your customers and programs present to the API, and what manages this project.</p></div>
        ${this.createButton()}</div>
      <div class="filters">
        <div class="search">${icon('search')}<input class="input" type="search" aria-label="Search by name" placeholder="Search by name"
          maxlength="100" autocomplete="off" .value=${this.filter.shown.search}
          @input=${(event: Event) => this.filter.typed({search: (event.target as HTMLInputElement).value})}></div>
        <div class="segments" role="group" aria-label="Status">${STATUSES.map(([status, name]) => html`
          <button aria-pressed=${this.filter.shown.status === status} @click=${() => this.filter.to({status})}>${name}</button>`)}</div>
      </div>
      <section class="card" aria-label="Keys" aria-busy=${this.keys.busy}>${this.list()}</section>
      ${this.creating ? html`<tk-create-key-dialog @closed=${this.created}></tk-create-key-dialog>` : nothing}
    </div>`;
  }

  private createButton() {
    return current().projectId
      ? html`<button class="button primary" @click=${() => (this.creating = true)}>${icon('plus')}Create key</button>`
      : nothing;
  }

  private list() {
    if (!current().projectId) {
      return empty('key', 'You are in no project', 'Keys belong to a project. An admin of your team can make one.');
    }
    return shownList(this.keys, 'the keys', () => this.nothingThere(), items => this.table(items));
  }

  private nothingThere() {
    return this.filter.applied.search || this.filter.applied.status
      ? empty('search', 'No key fits', 'Another name or status may find what you look for.',
          html`<button class="button" @click=${() => this.filter.to({search: '', status: ''})}>Show all keys</button>`)
      : empty('key', 'No keys yet', 'A key lets a customer or a program use the API, for as long and from where you say.', this.createButton());
  }

  private table(keys: Key[]) {
    return html`<div class="table-frame"><table class="table">
      <thead><tr><th scope="col">Name</th><th scope="col" class="wide-only">Key</th><th scope="col">Status</th>
        <th scope="col" class="wide-only">Last used</th><th scope="col" class="wide-only">Expires</th><th scope="col" class="wide-only">Created</th></tr></thead>
      <tbody>${keys.map(key => this.row(key))}</tbody></table></div>
      ${showMore(this.keys)}`;
  }

  private row(key: Key) {
    const used = key.last_used_at ? new Date(key.last_used_at) : null;
    const expires = key.expires_at ? new Date(key.expires_at) : null;
    return html`<tr>
      <td><a class="main" href="/keys/${key.id}">${key.name}</a>
        ${key.is_management_key ? html` <span class="badge accent">Management</span>` : nothing}
        <span class="narrow-only small muted"><span class="mono">${shown(key)}</span> · ${used ? html`used ${ago(used)}` : 'never used'}</span></td>
      <td class="wide-only nowrap mono muted">${shown(key)}</td>
      <td class="nowrap">${statusBadge(key.status)}</td>
      <td class="wide-only nowrap">${ago(used)}</td>
      <td class="wide-only nowrap">${ago(expires)}</td>
      <td class="wide-only nowrap">${ago(new Date(key.created_at * 1000))}</td></tr>`;
  }
}

customElements.define('tk-keys-page', KeysPage);
