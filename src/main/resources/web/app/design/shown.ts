import type {TemplateResult} from 'lit';
import type {Fetched} from '../api/fetched';
import type {Paged} from '../api/paged';
import {failed, loading} from './states';

/** A list: while it comes, where it cannot be fetched, where nothing is in it, and with all that is. */
export function shownList<T>(list: Paged<T>, called: string, nothingYet: () => TemplateResult, all: (items: T[]) => TemplateResult, lines?: number): TemplateResult {
  if (list.problem) {
    return failed(list.problem, () => void list.restart());
  }
  if (!list.items) {
    return loading(called, lines);
  }
  return list.items.length === 0 ? nothingYet() : all(list.items);
}

/** One thing: while it comes, where it cannot be fetched, and when it is there. */
export function shown<T>(thing: Fetched<T>, called: string, there: (value: NonNullable<T>) => TemplateResult, lines?: number): TemplateResult {
  if (thing.problem) {
    return failed(thing.problem, () => void thing.restart());
  }
  return thing.value ? there(thing.value) : loading(called, lines);
}
