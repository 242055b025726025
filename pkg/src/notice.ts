import { refusal } from "./handle.js";
import { initNow } from "./instance.js";
import { type Address, hrefOf, known, reading, text } from "./reading.js";
import type { Brand, Message, RenderedNotice } from "./types.js";
import { renderNotice as render } from "./glue.js";

/** How messages are rendered. */
export interface RenderOptions {
  /** Where links lead to. */
  baseUrl: Address;
  /** Whose mails they are: the product that people know. */
  brand?: Brand | undefined;
}

/**
 * A message in words, as plain text and as escaped HTML, with links below the base address. It needs no engine; in a browser
 * that has not opened one, `await init()` first.
 */
export function renderNotice(message: Message, options: RenderOptions): RenderedNotice {
  initNow();
  const { baseUrl, brand } = known(options, "baseUrl", "brand");
  try {
    return render(text(message), text({ baseUrl: reading(() => hrefOf(baseUrl)), brand }));
  } catch (thrown) {
    throw refusal(thrown);
  }
}
