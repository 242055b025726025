import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";

const namesIn = (folder) =>
  readdirSync(new URL(folder, import.meta.url)).map((file) => file.replace(/\.mjs$/, "")).toSorted();

/** What the others are compared with: always there, and the first. */
const BASELINE = "loop";

/** What can be left out, as it would be given. */
const DEFAULTS = { grants: "100,10000,100000", policies: "1,1000", rounds: "7", questions: "4096" };
const SMOKE = { grants: "100", policies: "1,1000", rounds: "1", questions: "400" };

export const HELP = `node bench.mjs [ROW ...] [--grants N,...] [--policies N,...] [--rounds N] [--questions N]
              [--contestants NAME,...] [--records FOLDER] [--json FILE] [--smoke]`;

/**
 * @typedef {object} Options
 * @property {string[]} rows What is measured: names of files in `rows/`; all unless given.
 * @property {number[]} grants
 * @property {number[]} policies
 * @property {number} rounds
 * @property {number} questions
 * @property {string[]} contestants Names of files in `contestants/`; all unless given.
 * @property {string} [records] A folder in which records of the engine are kept from run to run.
 * @property {string} [json] A file to which the medians are written, for `plot.mjs`.
 * @property {number} [turnMilliseconds]
 * @property {(size: { grants: number, policies: number }, what: string, milliseconds: number) => void} [note] Takes down
 *   a median.
 */

/** Reads what was given on the command line. Throws an error whose message says what is wrong. */
export function readOptions(args) {
  const text = { type: "string" };
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      grants: text, policies: text, rounds: text, questions: text, contestants: text, records: text,
      json: text,
      smoke: { type: "boolean", default: false },
    },
  });
  const { smoke, ...given } = values;
  const counts = { ...(smoke ? SMOKE : DEFAULTS), ...given };
  const contestants = known("contestant", given.contestants?.split(","), namesIn("contestants/"));
  return {
    rows: known("row", positionals.length > 0 ? positionals : undefined, namesIn("rows/")),
    grants: numbers("grants", counts.grants),
    policies: numbers("policies", counts.policies),
    rounds: numbers("rounds", counts.rounds)[0],
    questions: numbers("questions", counts.questions)[0],
    contestants: [BASELINE, ...contestants.filter((name) => name !== BASELINE)],
    records: given.records,
    json: given.json,
    ...(smoke ? { turnMilliseconds: 0 } : {}),
  };
}

function known(kind, given, all) {
  const unknown = given?.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${kind} \`${unknown}\`, but ${all.join(", ")}`);
  return given ?? all;
}

function numbers(name, text) {
  return text.split(",").map((part) => {
    if (!/^[1-9]\d*$/.test(part)) throw new Error(`--${name} is \`${text}\`: give a whole number above 0, or several`);
    return Number(part);
  });
}
