import {html, nothing} from 'lit';
import {keyed} from 'lit/directives/keyed.js';
import {SESSION_ENDED} from '../api/client';
import {ApiProblem} from '../api/problem';
import {empty, failed, loading} from '../design/states';
import {View} from '../design/view';
import {current, forget, resume, signedIn} from '../session/session';
import '../session/sign-in-page';
import {HOME, PAGES} from './pages';
import {followLinks, match, navigate, NAVIGATED} from './router';
import './sidebar';

/** The console: the page that the address names, for whoever is signed in. */
class App extends View {
  static override properties = {path: {state: true}, ready: {state: true}, problem: {state: true}};

  declare path: string;
  /** The page whose code has come, or the path of no page. */
  declare ready: string;
  declare problem: ApiProblem | null;

  constructor() {
    super();
    this.path = location.pathname;
    this.ready = '';
    this.problem = null;
  }

  override connectedCallback() {
    super.connectedCallback();
    followLinks();
    addEventListener(NAVIGATED, () => void this.show());
    addEventListener(SESSION_ENDED, () => this.askToSignIn());
    void this.show();
  }

  private async show() {
    const from = this.path;
    this.path = location.pathname;
    this.problem = null;
    try {
      await this.prepare();
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
    }
    // Signing in has a place for the focus of its own.
    if (from !== this.path && this.path !== '/sign-in') {
      await this.updateComplete;
      this.querySelector<HTMLElement>('#main')?.focus({preventScroll: true});
      scrollTo(0, 0);
    }
  }

  private async prepare() {
    if (this.path === '/sign-in') {
      document.title = 'Sign in · Tollkeeper';
      return;
    }
    if (!signedIn()) {
      await resume();
    }
    if (this.path === '/') {
      navigate(HOME, {replace: true});
      return;
    }
    const path = this.path;
    const page = PAGES.find(known => match(known.path, path));
    document.title = `${page?.title ?? 'Not found'} · Tollkeeper`;
    await page?.load();
    this.ready = path;
  }

  private askToSignIn() {
    if (location.pathname === '/sign-in') {
      return;
    }
    const query = new URLSearchParams({then: location.pathname + location.search});
    if (signedIn()) {
      query.set('why', 'expired');
    }
    forget();
    navigate(`/sign-in?${query}`, {replace: true});
  }

  protected override render() {
    if (this.path === '/sign-in') {
      return html`<tk-sign-in-page></tk-sign-in-page>`;
    }
    if (!signedIn()) {
      return html`<main class="centred" id="main" tabindex="-1">${this.problem && this.problem.status !== 401
        ? failed(this.problem, () => void this.show()) : nothing}</main>`;
    }
    return html`<a class="skip-link" href="#main" @click=${this.skip}>Skip to the content</a>
      <div class="frame"><tk-sidebar .path=${this.path}></tk-sidebar>
      <main class="content" id="main" tabindex="-1">${this.page()}</main></div>`;
  }

  private skip(event: Event) {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  }

  private page() {
    if (this.problem) {
      return html`<h1 class="visually-hidden">Tollkeeper</h1>${failed(this.problem, () => void this.show())}`;
    }
    if (this.ready !== this.path) {
      return loading('the page');
    }
    for (const page of PAGES) {
      const parts = match(page.path, this.path);
      if (parts && page.operator && current().role !== 'operator') {
        return html`<h1 class="visually-hidden">${page.title}</h1>${empty('lock', 'Not open to you', 'This page is for the operator of this installation.')}`;
      }
      if (parts) {
        return keyed(this.path, page.render(parts));
      }
    }
    return html`<h1 class="visually-hidden">No such page</h1>
      ${empty('search', 'There is no such page', 'The link may be old. The navigation has all pages that there are.')}`;
  }
}

customElements.define('tk-app', App);
