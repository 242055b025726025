import type { Receipt } from "access-engine";
import type { NavigateOptions } from "@tanstack/react-router";

/** Where to go after a command about a request: to its page. */
export function toRequest({ requestId }: Pick<Receipt, "requestId">): NavigateOptions {
  return requestId === undefined ? { to: "/requests" } : { to: "/requests/$requestId", params: { requestId } };
}
