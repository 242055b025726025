import type { Message } from "access-engine";
import { type SmtpMail, smtpMailer } from "access-engine/mailers/smtp";
import { webhookMailer } from "access-engine/mailers/webhook";
import * as words from "../../words/pages/outbox.tsx";
import { rendering } from "./address.ts";

const FROM = { name: words.accessRequests, address: "access@fernwood.example" };

/** A message in each form in which it can go out. */
export interface Forms {
  readonly mail: SmtpMail;
  readonly slack: SlackPost;
}

/** What is read here of a post to Slack. */
export interface SlackPost {
  readonly blocks: readonly (
    | { type: "rich_text"; elements: readonly SlackText[] }
    | { type: "actions"; elements: readonly { text: { text: string }; url: string }[] }
  )[];
}

export interface SlackText {
  readonly type: "rich_text_section" | "rich_text_quote";
  readonly elements: readonly { type: "text" | "link"; text?: string; url?: string; style?: { bold?: true; italic?: true } }[];
}

/** Has the mailers of the package send it, and keeps what they hand on. */
export async function formsOf(message: Message): Promise<Forms> {
  const mails: SmtpMail[] = [];
  const posts: SlackPost[] = [];
  const smtp = smtpMailer({ transport: { sendMail: async (mail) => mails.push(mail) }, from: FROM, listId: "access.fernwood.example", ...rendering() });
  const slack = webhookMailer({
    url: "https://hooks.slack.com/services/T0/B0/x",
    format: "slack",
    fetch: async (_url, init) => {
      posts.push(JSON.parse((init as { body: string }).body));
      return new Response();
    },
    ...rendering(),
  });
  await Promise.all([smtp.send(message), slack.send(message)]);
  const [[mail], [post]] = [mails, posts];
  if (mail === undefined || post === undefined) throw new Error("a mailer has sent nothing");
  return { mail, slack: post };
}
