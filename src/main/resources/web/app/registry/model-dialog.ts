import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {choice, type Choice, formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {type Model, type Provider, putModel} from './registry';

/** Enters a model, or changes one. */
class ModelDialog extends Dialog {
  static override properties = {model: {attribute: false}, providers: {attribute: false}};

  /** The one to be changed; null for a new one. */
  declare model: Model | null;
  declare providers: Provider[];
  private typed = {id: '', provider: '', name: '', context: ''};
  private readonly sending = new Submission(this, () => this.save());

  constructor() {
    super();
    this.model = null;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.typed = this.model ? {...this.model, context: this.model.context_tokens?.toString() ?? ''} : {...this.typed, provider: this.providers[0]?.id ?? ''};
  }

  protected heading() {
    return this.model ? `Edit ${this.model.id}` : 'Add a model';
  }

  private async save() {
    const {id, provider, name, context} = this.typed;
    await putModel({id: id.trim(), provider, name: name.trim(), context_tokens: context.trim() === '' ? null : Number(context)});
    this.close(true);
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('id', 'provider', 'name', 'context_tokens');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.model ? nothing : line({id: 'model-id', label: 'Id', error: problem?.of('id'), hint: 'As usage and settings name it.'}, this.typed.id, text => (this.typed.id = text), {mono: true})}
        ${choice({id: 'model-provider', label: 'Provider', error: problem?.of('provider')}, this.typed.provider, this.providers.map(({id, name}): Choice => [id, name]), id => (this.typed.provider = id))}
        ${line({id: 'model-name', label: 'Name', error: problem?.of('name')}, this.typed.name, text => (this.typed.name = text))}
        ${line({id: 'model-context', label: 'Context in tokens', optional: true, error: problem?.of('context_tokens')}, this.typed.context, text => (this.typed.context = text), {mode: 'numeric'})}</div>
      ${formFoot('Save', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-model-dialog', ModelDialog);
