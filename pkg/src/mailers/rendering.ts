import { isAccessError } from "../error.js";
import { renderNotice, type RenderOptions } from "../notice.js";
import type { Message } from "../types.js";

/** Tries options before there is a mail: what is wrong with them is refused now, and not with each mail. */
export function checkRendering(options: RenderOptions): void {
  try {
    renderNotice(SAMPLE, options);
  } catch (error) {
    // In a browser the WASM may start later: then they are tried with the first mail.
    if (!isAccessError(error, "wasm_not_loaded")) throw error;
  }
}

const SAMPLE: Message = {
  project: "acme",
  id: "ntc_1_0:ada",
  at: 0,
  kind: { type: "administrators_changed" },
  recipient: { id: "ada", name: "Ada", email: "ada@example.com" },
};
