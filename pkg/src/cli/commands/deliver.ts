import { type AccessMailer, createHost } from "../../host.js";
import { consoleMailer } from "../../mailers/console.js";
import type { Command, Run } from "../run.js";
import type { Opened } from "../store.js";
import { usageFailure } from "../usage.js";
import { counted } from "../words.js";

export const deliver: Command = {
  summary: "delivers the messages that are left in the outbox",
  options: ["console", "base-url", "retry-failed"],
  details: `The mailer is the one that the module of \`--store\` gives beside its store, or the one of these options. Any number
of processes may deliver at once: each message is sent by one. What fails is due again after 30 seconds, then after
twice as long each time, 16 times in two days; the exit code is then 1.`,
  example: "--console --base-url https://access.example.com",

  async run(run) {
    const opened = await run.open();
    const host = createHost({ store: opened.store, mailer: mailerOf(run, opened) });
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

function mailerOf({ call: { options, command } }: Run, { mailer }: Opened): AccessMailer {
  if (!options.console) {
    if (mailer) return mailer;
    throw usageFailure("there is no mailer: give --console, or a module that has one", command);
  }
  const baseUrl = options["base-url"];
  if (baseUrl === undefined) throw usageFailure("--base-url is missing", command);
  if (!/^https?:\/\//.test(baseUrl)) throw usageFailure("--base-url is no http or https address", command);
  // With `--json` standard output is for the answer.
  const to = options.json ? process.stderr : process.stdout;
  return consoleMailer({ baseUrl, log: (mail) => void to.write(`${mail}\n\n`) });
}
