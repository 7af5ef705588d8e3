import {html} from 'lit';
import '../design/copy-button';
import {notice} from '../design/notice';
import './quick-start';

/** A new secret, the one time that it is told, and how to use it. */
export function secretPanel(secret: string) {
  return html`
    ${notice('warn', html`<strong>Copy it now: it is shown this once.</strong>
      <span>Only its digest is kept, so nobody can show it again. Keep it where your program reads it, not in its source.</span>`)}
    <div class="secret"><code id="secret">${secret}</code><tk-copy-button .text=${secret} .what=${'the key'}></tk-copy-button></div>
    <h3>Quick start</h3>
    <tk-quick-start .secret=${secret}></tk-quick-start>`;
}
