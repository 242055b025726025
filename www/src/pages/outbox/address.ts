import type { Message } from "access-engine";
import type { AccessEngine, RenderedNotice } from "access-engine";

/** A mail in words, its links leading to this page. */
export function render(engine: AccessEngine, message: Message): RenderedNotice {
  const page = location.href.split("#")[0] ?? "";
  return engine.renderNotice(message, { baseUrl: `${page}#`, brand: { name: "Access requests", color: "#0b5952" } });
}
