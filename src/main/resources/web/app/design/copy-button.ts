import {html} from 'lit';
import {copyText} from './clipboard';
import {icon} from './icons';
import {View} from './view';

const SHOWN_FOR = 2000;

/** Copies a text, and says that it did. */
class CopyButton extends View {
  static override properties = {text: {}, what: {}, state: {state: true}};

  declare text: string;
  /** What is copied, for those who do not see what stands beside it. */
  declare what: string;
  declare state: 'ready' | 'copied' | 'refused';

  constructor() {
    super();
    this.state = 'ready';
  }

  private async copy() {
    this.state = (await copyText(this.text)) ? 'copied' : 'refused';
    setTimeout(() => (this.state = 'ready'), SHOWN_FOR);
  }

  protected override render() {
    const words = {ready: 'Copy', copied: 'Copied', refused: 'Select and copy it'}[this.state];
    return html`<button type="button" class="button compact" @click=${this.copy}>
      ${icon(this.state === 'copied' ? 'check' : 'copy')}<span aria-live="polite">${words}</span>
      <span class="visually-hidden">${this.what}</span></button>`;
  }
}

customElements.define('tk-copy-button', CopyButton);
