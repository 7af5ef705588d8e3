import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {ApiProblem} from './problem';

/** A page of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A list with nothing in it, for whoever may not read it. */
export const NOTHING: Page<never> = {items: [], next: null};

/**
 * A list that is fetched page by page, for the element that shows it. What was asked for last counts: an answer that comes
 * late to an earlier question is dropped.
 */
export class Paged<T> implements ReactiveController {
  items: T[] | null = null;
  problem: ApiProblem | null = null;
  next: string | null = null;
  busy = false;
  private asked = 0;

  constructor(private readonly host: ReactiveControllerHost, private readonly fetchPage: (cursor?: string) => Promise<Page<T>>) {
    host.addController(this);
  }

  hostConnected() {
    void this.restart();
  }

  /** Fetches the list anew. What is shown stays until then, so that nothing jumps. */
  async restart() {
    await this.fetch(undefined);
  }

  /** Fetches the next page. */
  async more() {
    if (this.next && !this.busy) {
      await this.fetch(this.next);
    }
  }

  /** Fetches anew what is shown, however many pages that is: somebody has changed something in it. */
  async reload() {
    const shown = this.items?.length ?? 0;
    await this.ask(async () => {
      let page = await this.fetchPage();
      const items = [...page.items];
      while (page.next && items.length < shown) {
        page = await this.fetchPage(page.next);
        items.push(...page.items);
      }
      return {items, next: page.next};
    });
  }

  private async fetch(cursor: string | undefined) {
    const before = cursor ? this.items ?? [] : [];
    await this.ask(async () => {
      const page = await this.fetchPage(cursor);
      return {items: [...before, ...page.items], next: page.next};
    });
  }

  private async ask(fetchAll: () => Promise<Page<T>>) {
    const question = ++this.asked;
    this.busy = true;
    this.host.requestUpdate();
    try {
      const {items, next} = await fetchAll();
      if (question === this.asked) {
        this.items = items;
        this.next = next;
        this.problem = null;
      }
    } catch (failure) {
      if (question === this.asked) {
        this.problem = ApiProblem.of(failure);
      }
    }
    if (question === this.asked) {
      this.busy = false;
      this.host.requestUpdate();
    }
  }
}

/** Every page of a list that has to be there as a whole, such as one to choose from; no more items than this, or some above. */
export async function allPages<T>(page: (cursor?: string) => Promise<Page<T>>, most: number): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next = await page(cursor);
    items.push(...next.items);
    cursor = next.next ?? undefined;
  } while (cursor && items.length < most);
  return items;
}
