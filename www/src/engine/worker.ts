/** Why a worker has failed, as far as the browser says: nothing where its file has not come. */
export function failureOf(event: Event): string {
  return event instanceof ErrorEvent ? event.message : "";
}
