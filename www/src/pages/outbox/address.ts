import type { AccessEngine, Message, RenderedNotice } from "access-engine";

/** How mails look, and where their links lead: to this page. */
export function rendering() {
  return { baseUrl: `${location.href.split("#")[0]}#`, brand: { name: "Access requests", color: "#0b5952" } };
}

/** A mail in words. */
export function render(engine: AccessEngine, message: Message): RenderedNotice {
  return engine.renderNotice(message, rendering());
}
