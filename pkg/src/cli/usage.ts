import { parseArgs } from "node:util";
import { EXIT, Failure } from "./failure.js";
import { table } from "./words.js";

/** An option: what stands behind it, if it has a value, and what it says. */
interface Option {
  value?: string;
  short?: string;
  says: string;
}

const OPTIONS = {
  store: { value: "ADDRESS", says: "file:access.db, postgres://host/database, or ./module.mjs; else $ACCESS_ENGINE_STORE" },
  project: { value: "ID", says: "whose record it is; else $ACCESS_ENGINE_PROJECT" },
  json: { says: "answer in JSON, on standard output" },
  verbose: { says: "where something goes wrong, show all that is known of it" },
  help: { short: "h", says: "show this" },
  version: { short: "V", says: "show the version of the package" },
  head: { value: "VERSION:HASH", says: "a head that was noted elsewhere: the record must have it" },
  out: { value: "FILE", short: "o", says: "write there, and not to standard output; the file is whole, or it is not there" },
  smtp: { value: "URL", says: "the mail server, such as smtp://user:password@mail.example.com; else $ACCESS_ENGINE_SMTP" },
  from: { value: "ADDRESS", says: "whom its mails are from, such as \"Access <access@example.com>\"" },
  console: { says: "print the mails, which are then delivered" },
  "retry-failed": { says: "try all that has failed now, what was given up included" },
  "base-url": { value: "URL", says: "where the links in mails lead to" },
} satisfies Record<string, Option>;

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

const COMMON: readonly OptionName[] = ["store", "project", "json", "verbose", "help"];

/** How a command is called. */
export interface Usage {
  /** In a line: what it does. */
  summary: string;
  /** Its operand, in brackets where it may be missing. */
  operand?: string;
  /** The options that only it and its like have. */
  options?: readonly OptionName[];
  /** What else there is to know. */
  details: string;
  /** Its arguments in a typical call. */
  example: string;
}

/** What was given: options by name, and what stands beside them. */
export interface Call {
  command?: string;
  operand?: string;
  options: Partial<Record<OptionName, string>>;
}

/** Reads the arguments. What is unknown, missing or too much is a `Failure` that says so. */
export function read(args: readonly string[], commands: Record<string, Usage>): Call {
  const { values, positionals } = parse(args);
  const [command, operand, ...rest] = positionals;
  const call: Call = { ...(command === undefined ? {} : { command }), ...(operand === undefined ? {} : { operand }), options: values };
  if (values.help || values.version || command === undefined) return call;
  const usage = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!usage) throw usageFailure(`there is no command ${command}`);
  const own = new Set<string>([...COMMON, ...(usage.options ?? [])]);
  const stranger = Object.keys(values).find((name) => !own.has(name));
  if (stranger !== undefined) throw usageFailure(`${command} has no option --${stranger}`, command);
  const isRequired = usage.operand?.startsWith("[") === false;
  if (isRequired && operand === undefined) throw usageFailure(`${command} needs ${usage.operand}`, command);
  const [tooMuch] = usage.operand === undefined ? positionals.slice(1) : rest;
  if (tooMuch !== undefined) throw usageFailure(`${command} takes no ${tooMuch}`, command);
  return call;
}

function parse(args: readonly string[]): { values: Call["options"]; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries<Option>(OPTIONS).map(([name, { value, short }]) => [name, { type: value ? "string" : "boolean", ...(short ? { short } : {}) } as const]),
  );
  // Not strict: its own sentences do not fit in here.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values: Call["options"] = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const option: Option | undefined = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as OptionName] : undefined;
    if (!option) throw usageFailure(`there is no option ${rawName}`);
    const isMissing = !value || (!inlineValue && value.startsWith("-"));
    if (option.value && isMissing) throw usageFailure(`${rawName} needs ${option.value}`);
    if (!option.value && value !== undefined) throw usageFailure(`${rawName} takes no value`);
    values[name as OptionName] = value ?? "true";
  }
  return { values, positionals };
}

/** A call that is none. */
export function usageFailure(problem: string, command?: string): Failure {
  return new Failure(EXIT.usage, `${problem}: see access-engine ${command === undefined ? "" : `${command} `}--help`);
}

const EXIT_CODES = `Exit codes
  0    done
  1    it has found something wrong: a broken record, a finding, a message that is left
  2    the call is wrong, or names what is not there
  3    the store or the mail server cannot be reached or used
  130  interrupted (143: terminated)`;

/** The help of a command, or of all. */
export function help(commands: Record<string, Usage>, command?: string): string {
  const usage = command === undefined ? undefined : commands[command];
  if (command === undefined || usage === undefined) {
    const rows = Object.entries(commands).map(([name, { summary, operand }]) => [`${name} ${operand ?? ""}`, summary] as const);
    return [
      "Looks after the record of an access engine, in any store.",
      `Usage: access-engine COMMAND --store ADDRESS --project ID [OPTION…]`,
      `Commands\n${listed(rows)}`,
      `Options\n${explained([...COMMON, "version"])}`,
      EXIT_CODES,
      "`access-engine COMMAND --help` says more of each.",
    ].join("\n\n");
  }
  const { summary, operand, details, example } = usage;
  return [
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    `Usage: access-engine ${command} ${operand === undefined ? "" : `${operand} `}--store ADDRESS --project ID [OPTION…]`,
    details,
    `Options\n${explained([...(usage.options ?? []), ...COMMON])}`,
    `Example\n  access-engine ${command} --store file:access.db --project acme${example && ` \\\n    ${example}`}`,
    EXIT_CODES,
  ].join("\n\n");
}

function explained(names: readonly OptionName[]): string {
  return listed(
    names.map((name) => {
      const { value, short, says }: Option = OPTIONS[name];
      return [`--${name}${short ? `, -${short}` : ""}${value ? ` ${value}` : ""}`, says] as const;
    }),
  );
}

function listed(rows: readonly (readonly [name: string, says: string])[]): string {
  return table(rows.map(([name, says]) => [`  ${name}`, says]));
}
