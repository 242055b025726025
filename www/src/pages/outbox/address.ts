import type { Notice } from "access-engine";
import type { AccessEngine, RenderedNotice } from "access-engine";

/** A mail's text, its links leading to this page. */
export function render(engine: AccessEngine, notice: Notice): RenderedNotice {
  const page = location.href.split("#")[0] ?? "";
  return engine.renderNotice(notice, { baseUrl: `${page}#` });
}
