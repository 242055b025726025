import { refusal } from "./handle.js";
import { initNow } from "./instance.js";
import { known, reading, text } from "./reading.js";
import type { Notice, RenderedNotice } from "./types.js";
import { renderNotice as render } from "./wasm/access_engine.js";

/**
 * A notice as subject, text and escaped HTML, with links below the base address. It needs no engine; in a browser that
 * has not opened one, `await init()` first.
 */
export function renderNotice(notice: Notice, options: { baseUrl: string | URL }): RenderedNotice {
  initNow();
  const { baseUrl } = known(options, "baseUrl");
  try {
    return render(text(notice), reading(() => String(baseUrl)));
  } catch (thrown) {
    throw refusal(thrown);
  }
}
