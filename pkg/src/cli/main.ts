#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { analyze } from "./commands/analyze.js";
import { deliver } from "./commands/deliver.js";
import { explain } from "./commands/explain.js";
import { exportRecord } from "./commands/export.js";
import { importRecord } from "./commands/import.js";
import { stats } from "./commands/stats.js";
import { tick } from "./commands/tick.js";
import { verify } from "./commands/verify.js";
import { EXIT, failureOf } from "./failure.js";
import { type Command, Run } from "./run.js";
import { type Call, help, read, usageFailure } from "./usage.js";

const COMMANDS: Record<string, Command> = { verify, export: exportRecord, import: importRecord, stats, tick, deliver, explain, analyze };

/** Milliseconds that what is under way has to end by itself, once the program is interrupted. */
const GRACE = 5000;

const interruption = new AbortController();
for (const [signal, code] of [["SIGINT", EXIT.interrupted], ["SIGTERM", EXIT.terminated]] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(code);
    interruption.abort(code);
    setTimeout(() => process.exit(code), GRACE).unref();
  });
}
// Whoever reads no more, such as `head`, needs no more.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.fine);
    if (stream === process.stdout) process.stderr.write(`access-engine: the output cannot be written: ${error.message}\n`);
    process.exit(EXIT.failed);
  });
}
// Nothing is under way any more, and nothing has come of it.
process.on("beforeExit", () => void end(fail(new Error("the store never answered: what its module waits for does not come"))));
process.on("uncaughtException", (error) => void end(fail(error)));

let call: Call = { options: {} };
await end(await main().catch(fail));

/** Does what was asked for; how the program ends. */
async function main(): Promise<number> {
  call = read(process.argv.slice(2), COMMANDS);
  const { command, options } = call;
  if (options.version) return print(versionOf());
  if (options.help) return print(help(COMMANDS, command));
  const asked = command === undefined ? undefined : COMMANDS[command];
  if (!asked) throw usageFailure("no command is given");
  const run = new Run(call, interruption.signal, process.stderr);
  try {
    const { data, text, isWrong, isBeside } = await asked.run(run);
    const said = options.json ? JSON.stringify(data, undefined, 2) : text;
    if (isBeside) process.stderr.write(`${said}\n`);
    else print(said);
    if (interruption.signal.aborted) return Number(interruption.signal.reason);
    return isWrong ? EXIT.found : EXIT.fine;
  } finally {
    // What hangs is not waited for: the end of the program closes it.
    await Promise.race([run.close(), pause(GRACE, undefined, { ref: false })]);
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.fine;
}

/** Says what went wrong, in a sentence; how the program ends. */
function fail(thrown: unknown): number {
  const { reason, aborted } = interruption.signal;
  if (aborted) {
    process.stderr.write("access-engine: interrupted\n");
    return Number(reason);
  }
  const failure = failureOf(thrown);
  process.stderr.write(`access-engine: ${failure.message}\n`);
  if (call.options.verbose) process.stderr.write(`${inspect(failure)}\n`);
  return failure.exitCode;
}

/** Ends the program when all is written, whatever a module still holds open. */
async function end(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await new Promise<void>((resolve) => void stream.write("", () => resolve()));
  }
  process.exit(code);
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}
