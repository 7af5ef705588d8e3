import {newIdempotencyKey} from './client';

/** Gives the same request the same idempotency key however often it is sent, and another request another. */
export class Once {
  private body = '';
  private key = '';

  keyFor(body: unknown): string {
    const text = JSON.stringify(body);
    if (text !== this.body || !this.key) {
      this.body = text;
      this.key = newIdempotencyKey();
    }
    return this.key;
  }
}
