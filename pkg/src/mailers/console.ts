/**
 * Prints mails.
 *
 * @module access-engine/mailers/console
 */
import type { AccessMailer } from "../host.js";
import type { Address } from "../reading.js";
import { renderNotice } from "../notice.js";

/** How the console mailer prints. */
export interface ConsoleMailerOptions {
  /** Where links lead to. */
  baseUrl: Address;
  /** Prints one mail; `console.log` unless given. */
  log?: (mail: string) => void;
}

/** Prints each message as the mail it would be: for trying out. */
export function consoleMailer({ baseUrl, log = console.log }: ConsoleMailerOptions): AccessMailer {
  return {
    async send(message) {
      const { subject, text } = renderNotice(message, { baseUrl });
      const { name, email } = message.recipient;
      log(`To: ${name} <${email}>\nSubject: ${subject}\n\n${text}`);
    },
  };
}
