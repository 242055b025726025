import { refusal } from "./handle.js";
import { initNow } from "./instance.js";
import { type Address, hrefOf, known, reading, text } from "./reading.js";
import type { Message, RenderedNotice } from "./types.js";
import { renderNotice as render } from "./glue.js";

/**
 * A message as subject, text and escaped HTML, with links below the base address. It needs no engine; in a browser that
 * has not opened one, `await init()` first.
 */
export function renderNotice(message: Message, options: { baseUrl: Address }): RenderedNotice {
  initNow();
  const { baseUrl } = known(options, "baseUrl");
  try {
    return render(text(message), reading(() => hrefOf(baseUrl)));
  } catch (thrown) {
    throw refusal(thrown);
  }
}
