import type { RequestId, RequestView } from "access-engine";
import { useAnswer } from "./ask.ts";

/** A request by its id, as far as the visitor may see it; none where it is archived. */
export function useRequest(id: RequestId | undefined): RequestView | undefined {
  return useAnswer(["request", id], (engine, actor, now) => (id === undefined ? undefined : engine.requests(actor, { id }, now).items[0])).value;
}
