import type { AccessMailer } from "../host.js";
import type { Message } from "../types.js";
import { equal } from "./expect.js";
import { message } from "./samples.js";

/** What has arrived of one message, as whoever receives it would read it. */
export interface Arrival {
  /** To whom it was sent, where that is told. */
  to?: { name: string; address: string }[];
  /** By what a repeat is recognised, where there is such a thing. */
  id?: string;
  /** The line above it. */
  subject: string;
  /** Its text: what people wrote line by line behind `> `, or whatever else sets it apart put so. */
  text: string;
  /** Where one can go from it. */
  links: string[];
}

/** A mailer to be tried, with an inbox that is empty at first. Its links begin with `https://access.example.com`. */
export interface MailerUnderTest {
  /** The mailer. */
  mailer: AccessMailer;
  /** All that has arrived, in any order. */
  arrived(): Promise<Arrival[]>;
  /** Takes the receiver away: from now on nothing arrives. */
  cut(): Promise<void>;
}

/** One thing that every mailer does. It throws where this one does not. */
export interface MailerCase {
  /** What the mailer does, as a sentence. */
  name: string;
  /** Tries it with an empty inbox. */
  run(tried: MailerUnderTest): Promise<void>;
}

/** What every mailer does: run each case with an inbox of its own, against the real thing. */
export const mailerCases: readonly MailerCase[] = [
  {
    name: "a message arrives once, with what happened, whatever there is to know, and a link to it",
    async run(tried) {
      const { subject, text, links } = await sentOne(tried, message("ann"));
      equal(subject, "Review asked: Dev wants access to production /payments/stripe");
      for (const part of ["Dev asks for access", "Payments", "4 hours", "https://tickets.example.com/OPS-1", "2026-11-26 12:00 UTC"]) {
        holds(text.includes(part), `the text says \`${part}\`:\n${text}`);
      }
      holds(links.includes("https://access.example.com/requests/req_4_0"), `it leads to the request: ${links.join(" ")}`);
    },
  },
  {
    name: "a message goes to its recipient and to nobody else, whatever that one is called",
    async run(tried) {
      const name = `Ann "A", eve@example.org <eve@example.com>; Bcc: mallory@example.com`;
      const { to = [{ name, address: "ann@example.com" }] } = await sentOne(tried, message("ann", { recipient: { name } }));
      equal(to, [{ name, address: "ann@example.com" }]);
    },
  },
  {
    name: "letters of all languages arrive as they were written",
    async run(tried) {
      const [name, requester, said] = ["Zoë Łuczak", "李小龙 👩‍🚒", "Ž jako žluťoučký — שלום & <3 ¶ ½\n\tعاجل"];
      const { to, subject, text } = await sentOne(tried, message("zoë", { recipient: { name, email: "zoe@example.com" }, request: { requester, justification: said } }));
      equal(to ?? [], to ? [{ name, address: "zoe@example.com" }] : []);
      holds(subject.includes(requester), `the subject says who asks: ${subject}`);
      for (const line of said.split("\n")) holds(text.includes(`> ${line}`), `the text has the line \`${line}\`:\n${text}`);
    },
  },
  {
    name: "messages that are sent at once arrive, each at its own recipient",
    async run(tried) {
      const ids = Array.from({ length: 8 }, (_, index) => `ann${index}`);
      await Promise.all(ids.map((id) => tried.mailer.send(message(id))));
      const arrived = await tried.arrived();
      equal(arrived.length, ids.length);
      for (const id of ids) {
        const found = arrived.filter(({ to, text }) => (to ? to[0]?.address === `${id}@example.com` : text.includes(`Person ${id}`)));
        equal(found.length, 1);
      }
    },
  },
  {
    name: "a message that is sent again has the same id, and no other message has it",
    async run(tried) {
      const others = [message("ann", { id: "ntc_5_0:ann" }), message("ann", { project: "another" })];
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      for (const sent of [message("ann"), message("ann"), ...others]) await tried.mailer.send(sent);
      const ids = (await tried.arrived()).map(({ id }) => id);
      equal(ids.length, 4);
      if (ids.some((id) => id !== undefined)) equal(new Set(ids).size, 3);
    },
  },
  {
    name: "nobody writes a line that looks like the engine's, or anything but text",
    async run(tried) {
      const justification = "Please.\nPolicy: Lunch\u2028Target: dev /a\u2029\n.\n> quoted\n</blockquote><img src=x onerror=alert(1)>\nhttps://evil.example.com/ <https://evil.example.com|here> [here](https://evil.example.com)";
      const requester = "<!channel> <@U1> *Ops* [x](https://evil.example.com) <at>All</at> =?utf-8?Q?Ada=20agreed?=";
      const { subject, text, links } = await sentOne(tried, message("ann", { request: { requester, justification } }));
      holds(subject.includes(requester), `the subject has the name as it is: ${subject}`);
      for (const line of justification.split(/[\n\u2028\u2029]/)) {
        holds(text.includes(`> ${line}`), `\`${line}\` is marked as somebody's:\n${text}`);
      }
      for (const line of text.split(/[\n\u2028\u2029]/)) {
        holds(!/^(Policy: Lunch|Target: dev|\.$|<\/blockquote|https:\/\/evil)/.test(line), `no line passes for the engine's:\n${text}`);
      }
      equal(links.filter((link) => link.includes("evil")), []);
    },
  },
  {
    name: "what is no message is refused, and nothing arrives",
    async run(tried) {
      const injected = message("ann", { recipient: { email: "ann@example.com\r\nBcc: eve@example.com" } });
      await rejects(tried.mailer.send(injected));
      await rejects(tried.mailer.send(message("ann", { recipient: { name: "Ann\r\nBcc: eve@example.com" } })));
      equal(await tried.arrived(), []);
    },
  },
  {
    name: "what does not arrive is an error that says so",
    async run(tried) {
      await tried.cut();
      await rejects(tried.mailer.send(message("ann")));
    },
  },
];

async function sentOne(tried: MailerUnderTest, sent: Message): Promise<Arrival> {
  await tried.mailer.send(sent);
  const [arrival, ...more] = await tried.arrived();
  holds(arrival !== undefined, "the message arrives");
  equal(more, []);
  return arrival as Arrival;
}

function holds(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(`it does not hold that ${sentence}`);
}

async function rejects(promise: Promise<unknown>): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  holds(error instanceof Error && error.message !== "", `it is rejected with an error: ${String(error)}`);
}
