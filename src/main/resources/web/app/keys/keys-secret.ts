import {html} from 'lit';
import {secretPane} from '../design/secret-pane';
import './quick-start';

/** A key's new secret, the one time that it is told, and how to use it. */
export function keysSecret(secret: string, kept: () => void) {
  return secretPane({
    secret,
    what: 'the key',
    heading: 'Copy it now: it is shown this once.',
    text: 'Only its digest is kept, so nobody can show it again. Keep it where your program reads it, not in its source.',
    more: html`<h3>Quick start</h3><tk-quick-start .secret=${secret}></tk-quick-start>`,
    kept,
  });
}
