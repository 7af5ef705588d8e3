import {html, nothing} from 'lit';
import type {Tagged} from '../api/client';
import {Fetched} from '../api/fetched';
import {notice} from '../design/notice';
import {empty, failed, loading} from '../design/states';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {getRegistry, type Registry} from '../registry/registry';
import {current, isAdmin} from '../session/session';
import {changes} from './changes';
import {getSettings, type Settings} from './config';
import './save-dialog';
import './settings-form';

/** How the project's requests are routed. */
class SettingsPage extends View {
  static override properties = {draft: {state: true}, saving: {state: true}};

  /** The settings as they would be, null for as they are. */
  declare draft: Settings | null;
  declare saving: boolean;
  private readonly stored = new Fetched<Tagged<Settings>>(this, getSettings);
  private readonly registry = new Fetched<Registry>(this, getRegistry);

  constructor() {
    super();
    this.draft = null;
    this.saving = false;
  }

  private async closed(event: CustomEvent<unknown>) {
    this.saving = false;
    if (event.detail) {
      await this.stored.restart();
      this.draft = null;
      toast('Saved');
    }
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Settings</h1>
        <p class="under">How this project’s requests are routed. Whoever verifies a key is told of it.</p></div></div>
      ${current().projectId ? this.shown() : html`<section class="card">${empty('info', 'You are in no project', 'Settings belong to a project. An admin of your team can make one.')}</section>`}
    </div>`;
  }

  private shown() {
    const problem = this.stored.problem ?? this.registry.problem;
    const {value: stored} = this.stored;
    const {value: registry} = this.registry;
    if (problem) {
      return html`<section class="card">${failed(problem, () => void Promise.all([this.stored.restart(), this.registry.restart()]))}</section>`;
    }
    return stored && registry ? this.form(stored, registry) : html`<section class="card">${loading('the settings')}</section>`;
  }

  private form(stored: Tagged<Settings>, registry: Registry) {
    const open = isAdmin() || stored.value.allow_overwrite;
    const draft = this.draft ?? stored.value;
    const count = changes(stored.value, draft).length;
    return html`${open ? nothing : notice('info', 'You may read these settings. Admins of the team change them.')}
      <tk-settings-form .settings=${draft} .registry=${registry} ?open=${open} ?admin=${isAdmin()}
        @edited=${(event: CustomEvent<Settings>) => (this.draft = event.detail)}></tk-settings-form>
      ${open ? html`<div class="save-bar card"><span aria-live="polite">${count === 0 ? 'No changes' : `${count} ${count === 1 ? 'change' : 'changes'}, not saved`}</span>
        <div class="actions"><button class="button" aria-disabled=${count === 0} @click=${() => (this.draft = null)}>Discard</button>
          <button class="button primary" aria-disabled=${count === 0} @click=${() => (this.saving = count > 0)}>Review and save</button></div></div>` : nothing}
      ${this.saving ? html`<tk-save-settings-dialog .stored=${stored} .draft=${draft} @closed=${this.closed}></tk-save-settings-dialog>` : nothing}`;
  }
}

customElements.define('tk-settings-page', SettingsPage);
