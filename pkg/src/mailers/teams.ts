import type { Brand, Message, NoticeFact, RenderedNotice } from "../types.js";

/**
 * A message as an Adaptive Card, as a webhook of Teams takes it. Texts stand in `RichTextBlock`, which knows no Markdown, and
 * whoever is to be mentioned would stand beside the card: nobody pings a person, links under another name, or leaves a
 * quote.
 */
export function teamsForm(message: Message, rendered: RenderedNotice, brand: Brand | undefined): object {
  const { subject, lead, facts, action, link } = rendered;
  const sender = brand ? ` · ${brand.name}` : "";
  const body = [
    block(run(subject, { size: "large", weight: "bolder" })),
    block(run(lead)),
    ...facts.flatMap(stated),
    block(run(`For ${message.recipient.name}${sender}`, { size: "small", isSubtle: true })),
  ];
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body,
    actions: [openUrl(link, action)],
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}

function stated({ label, form, value }: NoticeFact): object[] {
  const name = run(`${label} `, { weight: "bolder" });
  if (form === "quote") {
    const lines = value.split(/[\n\u2028\u2029]/).map((line) => block(run(line || " ")));
    return [block(name), { type: "Container", style: "emphasis", spacing: "small", items: lines }];
  }
  const link = form === "link" ? { selectAction: openUrl(value) } : {};
  return [block(name, run(value, link))];
}

function openUrl(url: string, title?: string): object {
  return { type: "Action.OpenUrl", url, ...(title !== undefined && { title }) };
}

function block(...inlines: object[]): object {
  return { type: "RichTextBlock", inlines };
}

/** Literal but for `{{DATE(…)}}` and `{{TIME(…)}}`, which an invisible character keeps apart. */
function run(text: string, style: object = {}): object {
  return { type: "TextRun", text: text.replaceAll("{{", "{\u2060{"), ...style };
}
