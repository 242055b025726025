/**
 * Posts messages to an address: signed by the Standard Webhooks scheme, or in the forms of Slack and Teams.
 *
 * @module access-engine/mailers/webhook
 */
import type { AccessMailer } from "../host.js";
import { Webhook } from "standardwebhooks";
import { DeliveryError } from "../error.js";
import { renderNotice, type RenderOptions } from "../notice.js";
import { type Address, hrefOf, invalid, known } from "../reading.js";
import type { Message, RenderedNotice } from "../types.js";
import { checkRendering } from "./rendering.js";
import { slackForm } from "./slack.js";
import { teamsForm } from "./teams.js";

/** What is used of the answer to a post. */
export interface WebhookAnswer {
  /** The status of HTTP. */
  readonly status: number;
  /** The headers. */
  readonly headers: { get(name: string): string | null };
  /** The body. */
  text(): Promise<string>;
}

/** What a mailer by webhook needs. */
export interface WebhookMailerOptions extends RenderOptions {
  /** Where to post to. Whoever receives for several projects is best given an address for each. */
  url: Address;
  /** The secret that the receiver knows, `whsec_…`: needed but for Slack and Teams, which check no signature. */
  secret?: string;
  /** In which form; `standard` unless given. */
  format?: "standard" | "slack" | "teams";
  /** How long the receiver may take, in seconds; 10 unless given. */
  timeoutSeconds?: number;
  /** Posts; `fetch` unless given. */
  fetch?: (url: string, init: object) => Promise<WebhookAnswer>;
}

const FORMS = { standard: standardForm, slack: slackForm, teams: teamsForm };

/**
 * Posts each message, as JSON.
 *
 * The `webhook-id` is the project and the idempotency key, `acme/ntc_42_0:ann`: the same when a message is posted again. What is answered other than by 2xx, late,
 * or by a redirect, which is not followed, is a `DeliveryError`; it is final where the receiver is gone (410).
 *
 * The library `standardwebhooks` is an optional peer of this package and only imported here.
 */
export function webhookMailer(options: WebhookMailerOptions): AccessMailer {
  const { url: address, secret, format = "standard", timeoutSeconds = 10, fetch = globalThis.fetch, ...rendering } = known(
    options,
    "url",
    "secret",
    "format",
    "timeoutSeconds",
    "fetch",
    "baseUrl",
    "brand",
  );
  const url = targetOf(address);
  if (!Object.hasOwn(FORMS, format)) throw invalid("it is none of `standard`, `slack` and `teams`", { field: "format" });
  if (secret === undefined && format === "standard") throw invalid("it is missing: give one such as `whsec_…`", { field: "secret" });
  if (!(timeoutSeconds > 0 && timeoutSeconds <= LONGEST)) throw invalid(`it is not above 0 and at most ${LONGEST}`, { field: "timeoutSeconds" });
  const webhook = secret === undefined ? undefined : signerOf(secret);
  checkRendering(rendering);

  return {
    async send(message) {
      const rendered = renderNotice(message, rendering);
      const body = JSON.stringify(FORMS[format](message, rendered, rendering.brand));
      const now = new Date();
      // What a header cannot hold is escaped, and so is the dot, which separates what is signed.
      const id = `${message.project}/${message.id}`.replaceAll(/[^!-$&-\-/-~]/gu, (char) => (char === "." ? "%2E" : encodeURIComponent(char)));
      const signed = webhook && {
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": webhook.sign(id, now, body),
      };
      const headers = { "content-type": "application/json", ...signed };
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      let answer: WebhookAnswer;
      let said: string;
      try {
        answer = await fetch(url.href, { method: "POST", headers, body, signal, redirect: "manual" });
        said = await answer.text();
      } catch (cause) {
        const late = `did not answer within ${timeoutSeconds} seconds`;
        throw new DeliveryError(`${url.host} ${signal.aborted ? late : `cannot be reached: ${reasonOf(cause)}`}`, { cause });
      }
      if (answer.status < 200 || answer.status > 299) throw refusedBy(url.host, answer, said);
    },
  };
}

/** A day: more than anybody waits, and less than a timer can count. */
const LONGEST = 86_400;

/** Of an address only the host is ever shown: that of Slack is a secret. */
function targetOf(address: Address): URL {
  const text = hrefOf(address);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "") return url;
  throw invalid("it is no address of the web without user info, such as `https://example.com/hook`", { field: "url" });
}

function signerOf(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw invalid("it is no secret such as `whsec_` and Base64", { field: "secret" });
  }
}

/** A message as Standard Webhooks have it: what kind of thing happened when, and what there is to know about it. */
function standardForm(message: Message, rendered: RenderedNotice): object {
  const { subject, lead, facts, link, text } = rendered;
  const data = { message, subject, lead, facts, link, text };
  return { type: `access.${message.kind.type}`, timestamp: new Date(message.at).toISOString(), data };
}

function refusedBy(host: string, { status, headers }: WebhookAnswer, said: string): DeliveryError {
  // A browser does not show where a redirect leads, nor its status.
  if (status === 0 || (status >= 300 && status <= 399)) {
    return new DeliveryError(`${host} redirects elsewhere: give the address that it leads to, since a signature is not sent on`);
  }
  const why = said.trim().slice(0, 200);
  const wait = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return new DeliveryError(`${host} answered ${status}${why && `: ${why}`}`, {
    isFinal: status === 410,
    retryAfterSeconds: wait >= 0 ? wait : undefined,
  });
}

/** Why `fetch` failed: in Node the cause knows. */
function reasonOf(error: unknown): string {
  const { cause = error } = Object(error) as { cause?: unknown };
  const { code, message = cause } = Object(cause) as { code?: unknown; message?: unknown };
  return String(message || code);
}
