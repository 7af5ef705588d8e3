import {html, nothing, type TemplateResult} from 'lit';
import './copy-button';
import {notice} from './notice';

/** What is told of a secret, the one time that it is. */
export interface ToldOnce {
  secret: string;
  /** As in “copy the key”. */
  what: string;
  heading: string;
  text: string;
  more?: TemplateResult;
  /** Told that it has been put away. */
  kept: () => void;
}

/** A dialog's pane that shows a secret once, and closes only by saying that it has been put away. */
export function secretPane({secret, what, heading, text, more, kept}: ToldOnce): TemplateResult {
  return html`<div class="pane"><div class="dialog-body">
      ${notice('warn', html`<strong>${heading}</strong><span>${text}</span>`)}
      <div class="secret"><code id="secret">${secret}</code><tk-copy-button .text=${secret} .what=${what}></tk-copy-button></div>
      ${more ?? nothing}</div>
    <div class="dialog-foot"><button class="button primary" @click=${kept}>I have kept it</button></div></div>`;
}
