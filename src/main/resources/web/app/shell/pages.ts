import {html, type TemplateResult} from 'lit';
import type {IconName} from '../design/icons';

/** A page of the console. */
export interface Page {
  /** Its path; `:id` takes any one part. */
  path: string;
  title: string;
  /** Its place in the navigation, for pages that have one. */
  nav?: IconName;
  /** Whether it is the operator's alone. */
  operator?: boolean;
  /** Fetches what it needs: the code of a page comes when it is first shown. */
  load: () => Promise<unknown>;
  render: (parts: Record<string, string>) => TemplateResult;
}

/** All pages, in the order of the navigation. A new page is an entry here. */
export const PAGES: Page[] = [
  {
    path: '/overview',
    title: 'Overview',
    nav: 'home',
    load: () => import('../overview/overview-page'),
    render: () => html`<tk-overview-page></tk-overview-page>`,
  },
  {
    path: '/keys',
    title: 'API keys',
    nav: 'key',
    load: () => import('../keys/keys-page'),
    render: () => html`<tk-keys-page></tk-keys-page>`,
  },
  {
    path: '/keys/:id',
    title: 'API key',
    load: () => import('../keys/key-page'),
    render: ({id}) => html`<tk-key-page .keyId=${id}></tk-key-page>`,
  },
  {
    path: '/check',
    title: 'Check a key',
    nav: 'shield',
    load: () => import('../check/check-page'),
    render: () => html`<tk-check-page></tk-check-page>`,
  },
  {
    path: '/settings',
    title: 'Settings',
    nav: 'sliders',
    load: () => import('../settings/settings-page'),
    render: () => html`<tk-settings-page></tk-settings-page>`,
  },
  {
    path: '/usage',
    title: 'Usage and billing',
    nav: 'bars',
    load: () => import('../usage/usage-page'),
    render: () => html`<tk-usage-page></tk-usage-page>`,
  },
  {
    path: '/budgets',
    title: 'Budgets',
    nav: 'gauge',
    load: () => import('../budgets/budgets-page'),
    render: () => html`<tk-budgets-page></tk-budgets-page>`,
  },
  {
    path: '/ledger',
    title: 'Ledger',
    nav: 'ledger',
    load: () => import('../ledger/ledger-page'),
    render: () => html`<tk-ledger-page></tk-ledger-page>`,
  },
  {
    path: '/members',
    title: 'Members',
    nav: 'people',
    load: () => import('../members/members-page'),
    render: () => html`<tk-members-page></tk-members-page>`,
  },
  {
    path: '/webhooks',
    title: 'Webhooks',
    nav: 'bell',
    load: () => import('../webhooks/webhooks-page'),
    render: () => html`<tk-webhooks-page></tk-webhooks-page>`,
  },
  {
    path: '/webhooks/:id',
    title: 'Webhook',
    load: () => import('../webhooks/webhook-page'),
    render: ({id}) => html`<tk-webhook-page .webhookId=${id}></tk-webhook-page>`,
  },
  {
    path: '/audit',
    title: 'Audit log',
    nav: 'log',
    load: () => import('../audit/audit-page'),
    render: () => html`<tk-audit-page></tk-audit-page>`,
  },
  {
    path: '/teams',
    title: 'Teams',
    nav: 'building',
    operator: true,
    load: () => import('../teams/teams-page'),
    render: () => html`<tk-teams-page></tk-teams-page>`,
  },
  {
    path: '/teams/:id',
    title: 'Team',
    operator: true,
    load: () => import('../teams/team-page'),
    render: ({id}) => html`<tk-team-page .teamId=${id}></tk-team-page>`,
  },
  {
    path: '/users',
    title: 'Users',
    nav: 'person',
    operator: true,
    load: () => import('../users/users-page'),
    render: () => html`<tk-users-page></tk-users-page>`,
  },
  {
    path: '/registry',
    title: 'Registry',
    nav: 'stack',
    operator: true,
    load: () => import('../registry/registry-page'),
    render: () => html`<tk-registry-page></tk-registry-page>`,
  },
  {
    path: '/prices',
    title: 'Prices',
    nav: 'tag',
    operator: true,
    load: () => import('../prices/prices-page'),
    render: () => html`<tk-prices-page></tk-prices-page>`,
  },
];

/** Where one is when one has asked for nothing. */
export const HOME = '/overview';
