import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {ApiProblem} from '../api/problem';
import {focusFirstError} from './focus';

/**
 * The sending of what a form holds: once at a time. Where it is refused, the problem is kept for the form to show, and the
 * first field with which something is wrong gets the focus.
 */
export class Submission implements ReactiveController {
  problem: ApiProblem | null = null;
  busy = false;

  constructor(private readonly host: ReactiveControllerHost, private readonly send: () => Promise<unknown>) {
    host.addController(this);
  }

  hostConnected() {
    this.host.requestUpdate();
  }

  /** Listens to a form's `submit`, or to a button's `click`. */
  readonly submit = async (event: Event) => {
    event.preventDefault();
    const from = event.currentTarget as HTMLElement;
    if (this.busy) {
      return;
    }
    this.showing({busy: true});
    try {
      await this.send();
      this.showing({busy: false, problem: null});
    } catch (failure) {
      this.showing({busy: false, problem: ApiProblem.of(failure)});
      await focusFirstError(from);
    }
  };

  private showing({busy, problem = this.problem}: {busy: boolean; problem?: ApiProblem | null}) {
    this.busy = busy;
    this.problem = problem;
    this.host.requestUpdate();
  }
}
