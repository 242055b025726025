import type { SmtpMail } from "access-engine/mailers/smtp";

/** What stands above a mail on its way. */
export function Headers({ mail }: { mail: SmtpMail }) {
  const { from, to, subject, messageId, inReplyTo, list, headers } = mail;
  const lines: [string, string | undefined][] = [
    ["From", typeof from === "string" ? from : `${from.name} <${from.address}>`],
    ["To", `${to.name} <${to.address}>`],
    ["Subject", subject],
    ["Message-ID", messageId],
    ["In-Reply-To", inReplyTo],
    ["List-Id", `${list.id.comment} <${list.id.url}>`],
    ["Auto-Submitted", headers["Auto-Submitted"]],
  ];
  return (
    <dl className="facts">
      {lines.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
