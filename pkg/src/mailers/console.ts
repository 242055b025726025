/**
 * Prints mails.
 *
 * @module access-engine/mailers/console
 */
import type { AccessMailer } from "../host.js";
import { renderNotice, type RenderOptions } from "../notice.js";
import { known } from "../reading.js";
import { checkRendering } from "./rendering.js";

/** How the console mailer prints. */
export interface ConsoleMailerOptions extends RenderOptions {
  /** Prints one mail; `console.log` unless given. */
  log?: (mail: string) => void;
}

/** Prints each message as the mail it would be: for trying out. */
export function consoleMailer(options: ConsoleMailerOptions): AccessMailer {
  const { log = console.log, ...rendering } = known(options, "baseUrl", "brand", "log");
  checkRendering(rendering);
  return {
    async send(message) {
      const { subject, text } = renderNotice(message, rendering);
      const { name, email } = message.recipient;
      log(`To: ${name} <${email}>\nSubject: ${subject}\n\n${text}`);
    },
  };
}
