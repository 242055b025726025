/**
 * Prints mails.
 *
 * @module access-engine/mailers/console
 */
import type { AccessMailer } from "../host.js";
import { renderNotice, type RenderOptions } from "../notice.js";
import { checked } from "./checked.js";

/** How the console mailer prints. */
export interface ConsoleMailerOptions extends RenderOptions {
  /** Prints one mail; `console.log` unless given. */
  log?: (mail: string) => void;
}

/** Prints each message as the mail it would be: for trying out. */
export function consoleMailer({ log = console.log, ...rendering }: ConsoleMailerOptions): AccessMailer {
  const options = checked(rendering);
  return {
    async send(message) {
      const { subject, text } = renderNotice(message, options);
      const { name, email } = message.recipient;
      log(`To: ${name} <${email}>\nSubject: ${subject}\n\n${text}`);
    },
  };
}
