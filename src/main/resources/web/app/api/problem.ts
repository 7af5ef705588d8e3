/** What is wrong with one field of a request. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** An error of the API (RFC 9457), or one that kept it from answering. Its message is made for people. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    /** The stable word; `unreachable` where there was no answer. */
    readonly code: string,
    message: string,
    readonly fields: FieldProblem[] = [],
    readonly requestId = '',
    /** When another try makes sense, in seconds. */
    readonly retryAfter = 0,
  ) {
    super(message);
  }

  /** What is wrong with a field, or with what is in it. */
  of(field: string): string | undefined {
    const message = this.fields.find(found => found.field === field || found.field.startsWith(`${field}.`) || found.field.startsWith(`${field}[`))?.message;
    return message && sentence(message);
  }

  /** What belongs to none of these fields. */
  besides(...fields: string[]): string | undefined {
    return fields.some(field => this.of(field)) ? undefined : this.message;
  }

  static async from(response: Response): Promise<ApiProblem> {
    try {
      const told = await response.json();
      return new ApiProblem(response.status, told.code, told.detail, told.errors ?? [], told.request_id, Number(response.headers.get('Retry-After') ?? 0));
    } catch {
      return new ApiProblem(response.status, 'unreadable', `The service answered ${response.status} in a form that the console cannot read.`);
    }
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(0, 'unreachable', 'The service cannot be reached. Check your connection, then try again.');
  }

  /** Any failure as one of these: what is none is a fault of the console. */
  static of(failure: unknown): ApiProblem {
    return failure instanceof ApiProblem ? failure : new ApiProblem(0, 'fault', `Something failed in the console: ${failure}`);
  }
}

/** The API says what is wrong with a field as the end of a sentence that the field begins. */
function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.');
}
