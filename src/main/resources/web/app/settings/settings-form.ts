import {html, nothing} from 'lit';
import {View} from '../design/view';
import type {Registry} from '../registry/registry';
import type {Preference, Settings} from './config';

const PREFERENCES: [Preference, string, string][] = [
  ['balanced', 'Balanced', 'Speed and cost weigh the same.'],
  ['speed', 'Speed', 'The fastest provider that may serve it.'],
  ['cost', 'Cost', 'The cheapest provider that may serve it.'],
];

/** The settings to be edited. Says `edited` with the settings as they would be. */
class SettingsForm extends View {
  static override properties = {settings: {attribute: false}, registry: {attribute: false}, open: {type: Boolean}, admin: {type: Boolean}, search: {state: true}};

  declare settings: Settings;
  declare registry: Registry;
  /** Whether whoever looks at it may change it. */
  declare open: boolean;
  declare admin: boolean;
  declare search: string;

  constructor() {
    super();
    this.open = false;
    this.admin = false;
    this.search = '';
  }

  private edit(change: Partial<Settings>) {
    this.dispatchEvent(new CustomEvent('edited', {detail: {...this.settings, ...change}}));
  }

  private configure(change: Partial<Settings['inference_config']>) {
    this.edit({inference_config: {...this.settings.inference_config, ...change}});
  }

  protected override render() {
    const {active, allow_overwrite: overwrite, inference_config: config} = this.settings;
    return html`<fieldset class="group" ?disabled=${!this.open}><legend class="visually-hidden">Settings</legend><div class="stack">
      ${card('Project', html`
        ${this.tick('Active', 'Where this is off, no request is routed.', active, on => this.edit({active: on}))}
        ${this.tick('Requests may say otherwise', 'A request’s own fields win over these settings, field by field, and members may edit them. Only admins change this.', overwrite,
          on => this.edit({allow_overwrite: on}), !this.admin)}`)}
      ${card('Routing', html`
        <fieldset class="group"><legend>Preference</legend><div class="choices">${PREFERENCES.map(([preference, name, hint]) => html`<label class="choice boxed">
          <input type="radio" name="preference" .checked=${config.preference === preference} @change=${() => this.configure({preference})}>
          <span><strong>${name}</strong><span class="hint">${hint}</span></span></label>`)}</div></fieldset>
        ${this.tick('Only providers native to the EU', 'Providers from elsewhere serve nothing, whatever is allowed below.', config.eu_native, on => this.configure({eu_native: on}))}
        ${this.tick('Routing metadata in answers', 'Answers tell which provider served them.', config.include_metadata, on => this.configure({include_metadata: on}))}`)}
      ${card('Providers', html`<fieldset class="group"><legend class="visually-hidden">Allowed providers</legend>
        <p class="hint" id="providers-hint">All of them may serve the project where none is ticked.</p>
        <div class="choices two" aria-describedby="providers-hint">${this.registry.providers.map(({id, name, eu_native: native}) =>
          this.choice(id, config.allowed_providers, list => this.configure({allowed_providers: list}), name, native ? 'native to the EU' : ''))}</div></fieldset>`)}
      ${card('Models that are ruled out', this.models(config.blacklisted_models))}
    </div></fieldset>`;
  }

  private models(ruledOut: string[]) {
    const wanted = this.search.toLowerCase();
    const found = this.registry.models.filter(({id, name}) => `${id} ${name}`.toLowerCase().includes(wanted));
    return html`<input class="input" type="search" aria-label="Search models" placeholder="Search ${this.registry.models.length} models" autocomplete="off"
        .value=${this.search} @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}>
      <fieldset class="group"><legend class="visually-hidden">Models that are ruled out</legend>
        <div class="choices two ${this.open ? 'long' : ''}" tabindex=${this.open ? 0 : nothing} role="group" aria-label="Models">${found.length === 0 ? html`<p class="muted">No model fits.</p>` : found.map(({id, provider, name}) =>
          this.choice(id, ruledOut, list => this.configure({blacklisted_models: list}), name, `${id}, ${provider}`))}</div></fieldset>
      <p class="hint" aria-live="polite">${ruledOut.length} ruled out</p>`;
  }

  private choice(id: string, chosen: string[], choose: (list: string[]) => void, name: string, hint: string) {
    const on = chosen.includes(id);
    return html`<label class="choice"><input type="checkbox" .checked=${on} @change=${() => choose(on ? chosen.filter(other => other !== id) : [...chosen, id])}>
      <span><span class="wrap-anywhere">${name}</span>${hint ? html`<span class="hint wrap-anywhere">${hint}</span>` : nothing}</span></label>`;
  }

  private tick(name: string, hint: string, on: boolean, set: (on: boolean) => void, locked = false) {
    return html`<label class="choice"><input type="checkbox" .checked=${on} ?disabled=${locked} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}>
      <span><strong>${name}</strong><span class="hint">${hint}</span></span></label>`;
  }
}

function card(title: string, content: unknown) {
  return html`<section class="card"><header><h2>${title}</h2></header><div class="inside form">${content}</div></section>`;
}

customElements.define('tk-settings-form', SettingsForm);
