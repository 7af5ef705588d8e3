import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {formFoot, line, tick} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {type Provider, putProvider} from './registry';

/** Enters a provider, or changes one. */
class ProviderDialog extends Dialog {
  static override properties = {provider: {attribute: false}};

  /** The one to be changed; null for a new one. */
  declare provider: Provider | null;
  private typed: Provider = {id: '', name: '', eu_native: false};
  private readonly sending = new Submission(this, async () => {
    await putProvider({...this.typed, id: this.typed.id.trim(), name: this.typed.name.trim()});
    this.close(true);
  });

  constructor() {
    super();
    this.provider = null;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.typed = {...(this.provider ?? this.typed)};
  }

  protected heading() {
    return this.provider ? `Edit ${this.provider.id}` : 'Add a provider';
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('id', 'name');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.provider ? nothing : line({id: 'provider-id', label: 'Id', error: problem?.of('id'), hint: 'As settings name it, such as mistral.'}, this.typed.id, text => (this.typed.id = text), {mono: true})}
        ${line({id: 'provider-name', label: 'Name', error: problem?.of('name')}, this.typed.name, text => (this.typed.name = text))}
        ${tick('Runs in the EU alone', this.typed.eu_native, on => (this.typed.eu_native = on), 'Projects may ask for such providers only.')}</div>
      ${formFoot('Save', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-provider-dialog', ProviderDialog);
