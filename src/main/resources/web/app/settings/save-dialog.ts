import {html, nothing} from 'lit';
import type {Tagged} from '../api/client';
import type {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {changes, patch} from './changes';
import {putSettings, type Settings} from './config';

/** Shows what would change, and changes it. */
class SaveSettingsDialog extends Dialog {
  static override properties = {stored: {attribute: false}, draft: {attribute: false}};

  declare stored: Tagged<Settings>;
  declare draft: Settings;
  private readonly sending = new Submission(this, async () => {
    await putSettings(patch(this.stored.value, this.draft), this.stored.tag);
    this.close(true);
  });

  protected heading() {
    return 'Save these changes?';
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    return html`<div class="pane"><div class="dialog-body">${problem ? notice('bad', this.said(problem)) : nothing}
        <div class="table-frame"><table class="table"><thead><tr><th scope="col">Setting</th><th scope="col">Now</th><th scope="col">Then</th></tr></thead>
          <tbody>${changes(this.stored.value, this.draft).map(({name, from, to}) => html`<tr><td>${name}</td><td class="wrap-anywhere">${from}</td><td class="wrap-anywhere"><strong>${to}</strong></td></tr>`)}</tbody></table></div>
        <p class="muted small">Every replica goes by it within a second.</p></div>
      <div class="dialog-foot"><button class="button" @click=${() => this.close()}>Go on editing</button>
        <button class="button primary" aria-disabled=${busy} @click=${submit}>${busy ? 'Saving…' : 'Save'}</button></div></div>`;
  }

  private said(problem: ApiProblem) {
    return problem.status === 412 ? 'Somebody has changed the settings since you opened them. Load the page anew, and make your changes to what is there now.'
      : html`<span>${problem.message}</span>${problem.fields.map(({message}) => html`<span>${message}</span>`)}`;
  }
}

customElements.define('tk-save-settings-dialog', SaveSettingsDialog);
