import {html} from 'lit';
import {ApiProblem} from '../api/problem';
import {icon} from '../design/icons';
import {chosenTheme, chooseTheme, type Theme} from '../design/theme';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {current, signOut} from '../session/session';

const THEMES: [Theme, string][] = [['system', 'System'], ['light', 'Light'], ['dark', 'Dark']];

/** Who is signed in, how they like the console to look, and the way out. */
class Account extends View {
  private async leave() {
    try {
      await signOut();
    } catch (failure) {
      toast(ApiProblem.of(failure).message);
    }
  }

  private choose(theme: Theme) {
    chooseTheme(theme);
    this.requestUpdate();
  }

  protected override render() {
    const {email, role} = current();
    return html`<details class="account">
      <summary><span class="face" aria-hidden="true">${email.charAt(0)}</span>
        <span class="who"><span>${email}</span><span class="small muted">${role ?? 'no team'}</span></span>
        ${icon('more')}<span class="visually-hidden">Account</span></summary>
      <div class="panel">
        <div class="segments" role="group" aria-label="Theme">${THEMES.map(([theme, name]) => html`
          <button aria-pressed=${chosenTheme() === theme} @click=${() => this.choose(theme)}>${name}</button>`)}</div>
        <button class="button wide" @click=${this.leave}>Sign out</button>
      </div></details>`;
  }
}

customElements.define('tk-account', Account);
