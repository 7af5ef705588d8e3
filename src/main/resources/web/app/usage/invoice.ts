import {call, callForFile} from '../api/client';
import {current} from '../session/session';

/** What a month's invoice says, or would say now. */
export interface Invoice {
  /** `2026-11`, in UTC. */
  month: string;
  status: 'open' | 'closed';
  currency: string;
  lines: InvoiceLine[];
  total: string;
}

export interface InvoiceLine {
  meter: string;
  model: string | null;
  quantity: string;
  amount: string;
  /** The closed month of which these events came late. */
  adjusts: string | null;
}

function path(): string {
  return `/api/team-billing/${encodeURIComponent(current().teamId ?? '')}/invoices/preview`;
}

export const invoice = (month: string) => call<Invoice>(path(), {query: {month}});

/** The lines as CSV. */
export const invoiceFile = (month: string) => callForFile(path(), {query: {month}, accept: 'text/csv'});
