import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {empty, failed, loading} from '../design/states';
import {View} from '../design/view';
import './model-dialog';
import './provider-dialog';
import {deleteModel, deleteProvider, getRegistry, type Model, type Provider, type Registry} from './registry';

type Open = {provider: Provider | null} | {model: Model | null} | {question: Question} | null;

/** The providers and models from which projects choose. */
class RegistryPage extends View {
  static override properties = {open: {state: true}};

  declare open: Open;
  private readonly registry = new Fetched<Registry>(this, getRegistry);

  constructor() {
    super();
    this.open = null;
  }

  private async closed(event: CustomEvent<unknown>) {
    const said = this.open && 'question' in this.open ? 'Deleted' : 'Saved';
    this.open = null;
    await afterDialog(this, event, said, () => this.registry.restart());
  }

  private askToDelete(id: string, act: () => Promise<unknown>) {
    this.open = {question: {heading: `Delete ${id}?`, text: 'No project can choose it any more. What is in use stays: the service says by whom.', verb: 'Delete', act}};
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Registry</h1><p class="under">The providers and models from which projects choose, and by which usage is told apart.</p></div></div>
      ${this.shown()}${this.dialog()}
    </div>`;
  }

  private shown() {
    const {value, problem} = this.registry;
    if (problem) {
      return html`<section class="card">${failed(problem, () => void this.registry.restart())}</section>`;
    }
    return value ? html`${this.providers(value)}${this.models(value)}` : html`<section class="card">${loading('the registry')}</section>`;
  }

  private providers({providers}: Registry) {
    const add = html`<button class="button compact" @click=${() => (this.open = {provider: null})}>${icon('plus')}Add provider</button>`;
    return html`<section class="card" aria-labelledby="providers-heading"><header><h2 id="providers-heading">Providers</h2>${add}</header>
      ${providers.length === 0 ? empty('stack', 'No providers', 'A provider runs models.') : html`<div class="table-frame" tabindex="0" role="region" aria-label="All providers"><table class="table">
        <thead><tr><th scope="col">Provider</th><th scope="col">Where</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>${providers.map(provider => html`<tr><td><strong class="wrap-anywhere">${provider.name}</strong><span class="small muted mono block wrap-anywhere">${provider.id}</span></td>
          <td>${provider.eu_native ? html`<span class="badge good">EU</span>` : html`<span class="muted">Anywhere</span>`}</td>
          <td class="number">${this.actions(provider.id, () => (this.open = {provider}), () => deleteProvider(provider.id))}</td></tr>`)}</tbody></table></div>`}</section>`;
  }

  private models({models, providers}: Registry) {
    const add = providers.length === 0 ? nothing : html`<button class="button compact" @click=${() => (this.open = {model: null})}>${icon('plus')}Add model</button>`;
    return html`<section class="card" aria-labelledby="models-heading"><header><h2 id="models-heading">Models</h2>${add}</header>
      ${models.length === 0 ? empty('stack', 'No models', 'A model belongs to a provider.') : html`<div class="table-frame" tabindex="0" role="region" aria-label="All models"><table class="table">
        <thead><tr><th scope="col">Model</th><th scope="col">Provider</th><th scope="col" class="number wide-only">Context</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>${models.map(model => html`<tr><td><strong class="wrap-anywhere">${model.name}</strong><span class="small muted mono block wrap-anywhere">${model.id}</span></td>
          <td>${model.provider}</td><td class="number wide-only">${model.context_tokens?.toLocaleString('en') ?? html`<span class="muted">Unknown</span>`}</td>
          <td class="number">${this.actions(model.id, () => (this.open = {model}), () => deleteModel(model.id))}</td></tr>`)}</tbody></table></div>`}</section>`;
  }

  private actions(id: string, edit: () => void, remove: () => Promise<unknown>) {
    return html`<div class="actions end"><button class="button compact" aria-label="Edit ${id}" @click=${edit}>Edit</button>
      <button class="button compact warns" aria-label="Delete ${id}" @click=${() => this.askToDelete(id, remove)}>Delete</button></div>`;
  }

  private dialog() {
    if (this.open === null) {
      return nothing;
    }
    if ('provider' in this.open) {
      return html`<tk-provider-dialog .provider=${this.open.provider} @closed=${this.closed}></tk-provider-dialog>`;
    }
    return 'model' in this.open
      ? html`<tk-model-dialog .model=${this.open.model} .providers=${this.registry.value?.providers ?? []} @closed=${this.closed}></tk-model-dialog>`
      : html`<tk-confirm-dialog .question=${this.open.question} @closed=${this.closed}></tk-confirm-dialog>`;
  }
}

customElements.define('tk-registry-page', RegistryPage);
