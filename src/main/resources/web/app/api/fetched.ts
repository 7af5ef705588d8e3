import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {ApiProblem} from './problem';

/** One thing that is fetched for the element that shows it. */
export class Fetched<T> implements ReactiveController {
  value: T | null = null;
  problem: ApiProblem | null = null;
  busy = false;
  private asked = 0;

  constructor(private readonly host: ReactiveControllerHost, private readonly fetchIt: () => Promise<T>) {
    host.addController(this);
  }

  hostConnected() {
    void this.restart();
  }

  /** Fetches it anew; the old one stays until then. */
  async restart() {
    const question = ++this.asked;
    this.busy = true;
    this.host.requestUpdate();
    try {
      const value = await this.fetchIt();
      if (question === this.asked) {
        this.value = value;
        this.problem = null;
      }
    } catch (failure) {
      if (question === this.asked) {
        this.problem = ApiProblem.of(failure);
      }
    }
    this.busy = question !== this.asked;
    this.host.requestUpdate();
  }

  /** Takes over what an answer said. */
  replace(value: T) {
    this.asked++;
    this.busy = false;
    this.value = value;
    this.host.requestUpdate();
  }
}
