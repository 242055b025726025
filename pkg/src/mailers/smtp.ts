/**
 * Sends mails by SMTP, through a transporter of the library `nodemailer`.
 *
 * @module access-engine/mailers/smtp
 */
import type { AccessMailer } from "../host.js";
import { DeliveryError } from "../error.js";
import { renderNotice, type RenderOptions } from "../notice.js";
import { hrefOf, invalid, known } from "../reading.js";
import { checkRendering } from "./rendering.js";

/** An address with the name that is shown with it. */
export interface MailAddress {
  /** What is shown. */
  name: string;
  /** One bare address. */
  address: string;
}

/** A mail as a transporter of `nodemailer` takes it. */
export interface SmtpMail {
  /** Whom it is from. */
  from: string | MailAddress;
  /** Whom it is for: one recipient. */
  to: MailAddress;
  /** One line. */
  subject: string;
  /** Plain text. */
  text: string;
  /** The same as HTML. */
  html: string;
  /** The same however often a message is sent, so that a repeat is recognised. */
  messageId: string;
  /** The thread: one a request. */
  inReplyTo?: string;
  /** The same. */
  references?: string;
  /** By which mail programs sort. */
  list: { id: { url: string; comment: string } };
  /** That no person has written it. */
  headers: { "Auto-Submitted": "auto-generated" };
}

/** What is used of a transporter of `nodemailer`. */
export interface SmtpTransport {
  /** Sends one mail. */
  sendMail(mail: SmtpMail): Promise<unknown>;
}

/** What a mailer by SMTP needs. */
export interface SmtpMailerOptions extends RenderOptions {
  /**
   * A transporter of `nodemailer`; the caller closes it. Its `connectionTimeout`, `greetingTimeout` and `socketTimeout` are
   * best shorter than the engine's `hostTimeoutSeconds`: a message that was given up goes out once more.
   */
  transport: SmtpTransport;
  /** Whom the mails are from: an address, with or without a name, as `nodemailer` takes it. */
  from: string | MailAddress;
  /** The `List-Id` (RFC 2919), such as `access.example.com`; unless given, `access.` and the host of `baseUrl`. */
  listId?: string;
}

/**
 * Sends each message as a mail to its one recipient, as text and HTML.
 *
 * The `Message-ID` is made of the project and the idempotency key: a mail that is sent twice can be recognised. Mails about one request
 * are one thread. A mail that the server refuses for good (5xx for its recipient or its content) is a `DeliveryError`
 * that is final; any other failure may be tried again.
 */
export function smtpMailer(options: SmtpMailerOptions): AccessMailer {
  const { transport, from, listId, ...rendering } = known(options, "transport", "from", "listId", "baseUrl", "brand");
  if (typeof transport?.sendMail !== "function") {
    throw invalid("it is missing: give a transporter, such as `createTransport(…)` of nodemailer", { field: "transport" });
  }
  const sender: unknown = typeof from === "string" ? from : from?.address;
  if (typeof sender !== "string" || !/^[^\r\n]+@[^\r\n]+$/.test(sender)) {
    throw invalid("it is no address such as `access@example.com`", { field: "from" });
  }
  if (listId !== undefined && !/^[\w-]+(\.[\w-]+)+$/.test(listId)) {
    throw invalid("it is no list such as `access.example.com`", { field: "listId" });
  }
  checkRendering(rendering);
  const base = hrefOf(rendering.baseUrl);
  const { hostname } = new URL(base);
  const list = { id: { url: listId ?? `access.${hostname}`, comment: rendering.brand?.name ?? "" } };

  // Of records below other addresses, or restored from an older copy, other mails may have the same key.
  async function idOf(name: string, ...parts: (string | number)[]): Promise<string> {
    const bytes = new TextEncoder().encode(JSON.stringify([base, name, ...parts]));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `<${name.replaceAll(/\W/g, "")}.${hex}@${hostname}>`;
  }

  return {
    async send(message) {
      const { subject, text, html } = renderNotice(message, rendering);
      const { name, email } = message.recipient;
      const [notice = ""] = message.id.split(":");
      const messageId = await idOf(notice, message.project, message.id, message.at);
      const thread = message.request && (await idOf(message.request.id, message.project));
      const mail: SmtpMail = {
        from,
        to: { name: name.replaceAll("=?", "= ?"), address: email },
        subject: subject.includes("=?") ? encodedWords(subject) : subject,
        text,
        html,
        messageId,
        ...(thread !== undefined && { inReplyTo: thread, references: thread }),
        list,
        headers: { "Auto-Submitted": "auto-generated" },
      };
      try {
        await transport.sendMail(mail);
      } catch (cause) {
        throw notSent(cause);
      }
    },
  };
}

/** A failure of `nodemailer`. Whom the server knows, or from whom it takes mail, is no matter of one message. */
function notSent(cause: unknown): DeliveryError {
  const { message, command, responseCode } = Object(cause) as { message?: unknown; command?: unknown; responseCode?: unknown };
  const isOfMail = command === "RCPT TO" || command === "DATA";
  const isFinal = isOfMail && typeof responseCode === "number" && responseCode >= 500;
  return new DeliveryError(`the mail was not sent: ${String(message ?? cause)}`, { cause, isFinal });
}

/** A header's text that looks as if it were encoded already: in encoded words (RFC 2047), so that it is read as it is. */
function encodedWords(text: string): string {
  const lots = [""];
  for (const char of text) {
    if (bytesOf(lots.at(-1) + char).length > MOST_IN_A_WORD) lots.push(char);
    else lots.push(lots.pop() + char);
  }
  return lots.map((lot) => `=?UTF-8?B?${btoa(String.fromCharCode(...bytesOf(lot)))}?=`).join(" ");
}

/** An encoded word has at most 75 characters. */
const MOST_IN_A_WORD = 45;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
