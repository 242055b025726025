import { type AccessMailer, createHost } from "../../host.js";
import { consoleMailer } from "../../mailers/console.js";
import { smtpMailer, type SmtpTransport } from "../../mailers/smtp.js";
import { EXIT, Failure, problemOf } from "../failure.js";
import type { Command, Run } from "../run.js";
import { type Opened, peer } from "../store.js";
import { usageFailure } from "../usage.js";
import { counted } from "../words.js";

export const deliver: Command = {
  summary: "delivers the messages that are left in the outbox",
  options: ["smtp", "from", "console", "base-url", "retry-failed"],
  details: `The mailer is the one that the module of \`--store\` gives beside its store, or the one of these options. Any number
of processes may deliver at once: each message is sent by one. What fails is due again after 30 seconds, then after
twice as long each time, 16 times in two days; the exit code is then 1.`,
  example: "--smtp smtp://localhost --from access@example.com --base-url https://example.com",

  async run(run) {
    const opened = await run.open();
    const host = createHost({ store: opened.store, mailer: await mailerOf(run, opened) });
    const { claim } = host;
    // Once the run is interrupted no message is begun.
    if (claim) host.claim = async (claimed) => (run.signal.aborted ? [] : claim(claimed));
    return run.withEngine(host, async (engine) => {
      const data = await engine.deliver({ retryFailed: run.call.options["retry-failed"] !== undefined });
      const { sent, dropped, left } = data;
      const text = `${counted(sent, "message")} delivered, ${dropped} dropped, ${left} left`;
      return { data, text, isWrong: left > 0 };
    });
  },
};

async function mailerOf({ call: { options, command } }: Run, { mailer }: Opened): Promise<AccessMailer> {
  const { console: prints, json, from, "base-url": baseUrl } = options;
  if (options.smtp !== undefined && prints !== undefined) throw usageFailure("give --smtp or --console, not both", command);
  const smtp = options.smtp ?? (prints || mailer ? undefined : process.env["ACCESS_ENGINE_SMTP"]);
  if (smtp === undefined && !prints) {
    if (mailer) return mailer;
    throw usageFailure("there is no mailer: give --smtp, --console, or a module that has one", command);
  }
  if (baseUrl === undefined) throw usageFailure("--base-url is missing", command);
  if (smtp !== undefined) {
    if (from === undefined) throw usageFailure("--from is missing", command);
    return smtpMailer({ transport: await connected(smtp, command), from, baseUrl });
  }
  // With `--json` standard output is for the answer.
  const to = json ? process.stderr : process.stdout;
  return consoleMailer({ baseUrl, log: (mail) => void to.write(`${mail}\n\n`) });
}

/** A mail server that answers: where it does not, no message is tried. */
async function connected(url: string, command: string | undefined): Promise<SmtpTransport> {
  if (!/^smtps?:\/\/[^/]/.test(url)) throw usageFailure("--smtp is no smtp:// or smtps:// address", command);
  const { createTransport } = await peer("nodemailer", () => import("nodemailer"));
  // Each shorter than a message may take: one that was given up would go out once more.
  const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  const transport = createTransport({ url, pool: true, ...limits });
  await transport.verify().catch((cause: unknown) => {
    throw new Failure(EXIT.failed, `the mail server cannot be used: ${problemOf(cause)}`, { cause });
  });
  return transport;
}
