import {html, nothing} from 'lit';
import {describedBy, field} from '../design/field';
import {mark} from '../design/icons';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {View} from '../design/view';
import {navigate} from '../shell/router';
import {signIn} from './session';

/** Signing in. Afterwards one is where one wanted to go. */
class SignInPage extends View {
  private readonly sending = new Submission(this, () => this.signIn());

  protected override firstUpdated() {
    this.querySelector<HTMLInputElement>('#email')?.focus();
  }

  private async signIn() {
    const typed = new FormData(this.querySelector('form')!);
    await signIn(String(typed.get('email')), String(typed.get('password')));
    navigate(wanted(), {replace: true});
  }

  protected override render() {
    return html`<main class="centred" id="main" tabindex="-1"><div class="sign-in">
      <div class="brand">${mark()}Tollkeeper</div>
      <div class="card"><form class="form" novalidate @submit=${this.sending.submit}>
        <h1 class="visually-hidden">Sign in</h1>
        ${this.sayWhy()}
        ${this.input('email', 'Email', 'email', 'username')}
        ${this.input('password', 'Password', 'password', 'current-password')}
        <button class="button primary wide" aria-disabled=${this.sending.busy}>${this.sending.busy ? 'Signing in…' : 'Sign in'}</button>
      </form></div>
      <p class="small muted">Forgotten your password? An admin of your team can set a new one.</p>
    </div></main>`;
  }

  private sayWhy() {
    const {problem} = this.sending;
    if (problem) {
      const besides = problem.besides('email', 'password');
      const wait = problem.retryAfter > 0 ? ` You can try again in ${waitingTime(problem.retryAfter)}.` : '';
      return besides ? notice('bad', besides + wait) : nothing;
    }
    const expired = new URLSearchParams(location.search).get('why') === 'expired';
    return expired ? notice('info', 'Your session has expired. Sign in again to go on where you were.') : nothing;
  }

  private input(name: 'email' | 'password', label: string, type: string, autocomplete: 'username' | 'current-password') {
    const texts = {id: name, label, error: this.sending.problem?.of(name)};
    return field(texts, html`<input class="input" id=${name} name=${name} type=${type} autocomplete=${autocomplete} required
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}>`);
  }
}

function waitingTime(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Where one wanted to go: a path of the console's own, whatever somebody has put into the link. */
function wanted(): string {
  const then = new URLSearchParams(location.search).get('then') ?? '/';
  return /^\/(?![/\\])/.test(then) ? then : '/';
}

customElements.define('tk-sign-in-page', SignInPage);
