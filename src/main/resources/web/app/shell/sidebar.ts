import {html, nothing} from 'lit';
import {icon, mark} from '../design/icons';
import {View} from '../design/view';
import {changeProject, current} from '../session/session';
import './account';
import {HOME, type Page, PAGES} from './pages';

/** The way from page to page. Where the screen is narrow it folds. */
class Sidebar extends View {
  static override properties = {path: {}, open: {state: true}};

  declare path: string;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  protected override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('path')) {
      this.open = false;
    }
  }

  protected override render() {
    return html`<header class="sidebar ${this.open ? 'open' : ''}">
      <a class="brand" href=${HOME}>${mark()}Tollkeeper</a>
      <button class="button plain square nav-toggle" aria-expanded=${this.open} aria-controls="nav"
        aria-label="Menu" @click=${() => (this.open = !this.open)}>${icon(this.open ? 'close' : 'menu')}</button>
      ${this.projects()}
      <nav class="nav folds" id="nav" aria-label="Pages">${PAGES.filter(page => page.nav && !page.operator).map(page => this.link(page))}
        ${current().role === 'operator' ? html`<h2 class="nav-heading">Operator</h2>${PAGES.filter(page => page.nav && page.operator).map(page => this.link(page))}` : nothing}
      </nav>
      <tk-account class="folds push"></tk-account>
    </header>`;
  }

  private link(page: Page) {
    return html`<a href=${page.path} aria-current=${this.isAt(page.path) ? 'page' : nothing}>${icon(page.nav!)}${page.title}</a>`;
  }

  private isAt(path: string): boolean {
    return this.path === path || this.path.startsWith(path + '/');
  }

  private projects() {
    const {projects, projectId} = current();
    return projects.length < 2 ? nothing : html`<div class="field folds">
      <label for="project" class="small muted">Project</label>
      <select class="input" id="project" @change=${(event: Event) => changeProject((event.target as HTMLSelectElement).value)}>
        ${projects.map(project => html`<option value=${project.id} ?selected=${project.id === projectId}>${project.name}</option>`)}
      </select></div>`;
  }
}

customElements.define('tk-sidebar', Sidebar);
