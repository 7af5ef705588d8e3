import {ApiProblem} from '../api/problem';
import {toast} from './toast';

/** Fetches something, and has the browser keep it as a file; says why where it cannot be had. */
export async function download(fetchIt: () => Promise<Blob>, name: string) {
  try {
    keep(await fetchIt(), name);
  } catch (failure) {
    toast(ApiProblem.of(failure).message);
  }
}

function keep(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
