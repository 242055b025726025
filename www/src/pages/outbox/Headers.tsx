import type { SmtpMail } from "access-engine/mailers/smtp";
import * as words from "../../words/pages/outbox.tsx";

type Line = [string, string | undefined];

/** What stands above a mail on its way. */
export function Headers({ mail }: { mail: SmtpMail }) {
  const { from, to, subject, messageId, inReplyTo, list, headers } = mail;
  const envelope: Line[] = [
    [words.from, typeof from === "string" ? from : `${from.name} <${from.address}>`],
    [words.to, `${to.name} <${to.address}>`],
  ];
  const others: Line[] = [
    [words.subject, subject],
    [words.messageId, messageId],
    [words.inReplyTo, inReplyTo],
    [words.listId, `${list.id.comment} <${list.id.url}>`],
    [words.autoSubmitted, headers["Auto-Submitted"]],
  ];
  return (
    <div>
      <Lines lines={envelope} />
      <details>
        <summary>{words.otherHeaders}</summary>
        <Lines lines={others} />
      </details>
    </div>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
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
