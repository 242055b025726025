import type { Brand, Message, NoticeFact, RenderedNotice } from "../types.js";

/**
 * A message as Slack's Block Kit has it. Texts stand in `rich_text`, where no character means anything: nobody pings a
 * channel, links under another name, or leaves a quote.
 */
export function slackForm(message: Message, rendered: RenderedNotice, brand: Brand | undefined): object {
  const { subject, lead, facts, action, link } = rendered;
  const sender = brand ? ` · ${brand.name}` : "";
  const elements = [
    section(bold(subject)),
    section(plain(lead)),
    ...facts.flatMap(stated),
    section({ ...plain(`For ${message.recipient.name}${sender}`), style: { italic: true } }),
  ];
  const button = { type: "button", style: "primary", text: { type: "plain_text", text: action }, url: link };
  return {
    // Shown by notifications, and read as markup.
    text: escape(subject),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "rich_text", elements },
      { type: "actions", elements: [button] },
    ],
  };
}

function stated({ label, form, value }: NoticeFact): object[] {
  if (form === "quote") return [section(bold(label)), { type: "rich_text_quote", elements: [plain(value)] }];
  return [section(bold(`${label}: `), form === "link" ? { type: "link", url: value } : plain(value))];
}

function section(...elements: object[]): object {
  return { type: "rich_text_section", elements };
}

function plain(text: string): object {
  return { type: "text", text };
}

function bold(text: string): object {
  return { ...plain(text), style: { bold: true } };
}

/** What Slack would take for markup: mentions and links begin with `<`. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
