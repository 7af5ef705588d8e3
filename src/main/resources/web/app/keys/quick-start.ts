import {html} from 'lit';
import '../design/copy-button';
import {View} from '../design/view';
import {snippets} from './snippets';

/** How to use a key, in the language of one's choice. */
class QuickStart extends View {
  static override properties = {secret: {}, language: {state: true}};

  declare secret: string;
  declare language: string;

  constructor() {
    super();
    this.language = 'curl';
  }

  protected override render() {
    const all = snippets(this.secret);
    const {code} = all.find(snippet => snippet.language === this.language)!;
    return html`<div class="form">
      <div class="segments" role="group" aria-label="Language">${all.map(({language}) => html`
        <button type="button" aria-pressed=${language === this.language} @click=${() => (this.language = language)}>${language}</button>`)}</div>
      <div class="code"><pre tabindex="0" role="region" aria-label="Example in ${this.language}"><code>${code}</code></pre></div>
      <div class="actions"><tk-copy-button .text=${code} .what=${`the example in ${this.language}`}></tk-copy-button></div></div>`;
  }
}

customElements.define('tk-quick-start', QuickStart);
