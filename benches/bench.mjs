// Measures the rows that are named, all unless told otherwise: see README.md.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { HELP, readOptions } from "./options.mjs";

const options = given();
console.log(`Node ${process.version.slice(1)}, ${cpus().length} × ${cpus()[0].model}`);
const [problems, medians] = [[], []];
for (const row of options.rows) {
  // oxlint-disable-next-line no-await-in-loop -- rows beside each other would be in each other's way
  const { run } = await import(`./rows/${row}.mjs`);
  // oxlint-disable-next-line no-await-in-loop
  problems.push(...(await run({ ...options, note: (size, what, milliseconds) => medians.push({ row, ...size, what, milliseconds }) })));
}
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(medians, undefined, 1));
for (const problem of problems) console.error(`\n${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;

function given() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    return process.exit(2);
  }
}
