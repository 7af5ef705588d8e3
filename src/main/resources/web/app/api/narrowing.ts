import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {noteInAddress} from '../shell/router';

const TYPING_PAUSE = 250;

/**
 * What narrows a list, such as a part of a name: read from the address, noted there so that it can be linked to, and applied at
 * once, or, while it is being typed, after a pause.
 */
export class Narrowing<F extends Record<string, string>> implements ReactiveController {
  /** What the fields show: as it was typed, a space at the end included. */
  shown: F;
  /** What the list is asked for. */
  applied: F;
  private pause = 0;

  /** Of these fields, each with what stands for everything; then told when the list is to be asked anew. */
  constructor(private readonly host: ReactiveControllerHost, everything: F, private readonly changed: () => void) {
    const address = new URLSearchParams(location.search);
    this.shown = mapped(everything, (value, name) => address.get(name) ?? value);
    this.applied = this.shown;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.pause);
  }

  /** Narrows to this too, and to what is still being typed. */
  to(change: Partial<F>) {
    this.shown = {...this.shown, ...change};
    this.apply();
  }

  /** Narrows to this too, unless more is typed soon. */
  typed(change: Partial<F>) {
    this.shown = {...this.shown, ...change};
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.apply(), TYPING_PAUSE);
  }

  private apply() {
    clearTimeout(this.pause);
    this.applied = mapped(this.shown, value => value.trim());
    noteInAddress(this.applied);
    this.host.requestUpdate();
    this.changed();
  }
}

function mapped<F extends Record<string, string>>(fields: F, to: (value: string, name: string) => string): F {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, to(value, name)])) as F;
}
