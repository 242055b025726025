import type { AccessEngine, Message, RenderedNotice } from "access-engine";
import * as words from "../../words/pages/outbox.tsx";

/** How mails look, and where their links lead: to this page. */
export function rendering() {
  return { baseUrl: `${location.href.split("#")[0]}#`, brand: { name: words.accessRequests, color: "#0b5952" } };
}

/** A mail in words. */
export function render(engine: AccessEngine, message: Message): RenderedNotice {
  return engine.renderNotice(message, rendering());
}
