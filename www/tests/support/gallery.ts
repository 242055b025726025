import { readdirSync, writeFileSync } from "node:fs";
import { PICTURES } from "./visitor.ts";

/** The variants of a picture, in the order of their columns. */
const VARIANTS = [
  { width: 1440, scheme: "light", shown: 300 },
  { width: 1440, scheme: "dark", shown: 300 },
  { width: 390, scheme: "light", shown: 100 },
  { width: 390, scheme: "dark", shown: 100 },
] as const;

/** What comes before the rest. */
const FIRST = ["story", "pages"];

const NAME = /^(?<part>\w+)-\d+-(?<stage>\d+-.+)-(?:light|dark)\.webp$/u;

/** Writes a page that shows all pictures, those of one stage side by side. */
export default function gallery(): void {
  const files = readdirSync(PICTURES).filter((file) => file.endsWith(".webp"));
  const parts = Map.groupBy(files, (file) => NAME.exec(file)?.groups?.["part"] ?? file);
  const inOrder = [...parts].toSorted(([one], [other]) => FIRST.indexOf(other) - FIRST.indexOf(one) || one.localeCompare(other));
  const sections = inOrder.map(([part, own]) => {
    const stages = [...new Set(own.map((file) => NAME.exec(file)?.groups?.["stage"] ?? file))].toSorted();
    return [`## ${inWords(part)}`, "", "| | wide, light | wide, dark | narrow, light | narrow, dark |", "|---|---|---|---|---|", ...stages.map((stage) => rowOf(part, stage, own)), ""];
  });
  const head = ["# Every page and state, in pictures", "", "`npm run screenshots` in `www` makes them, this page, and the animation of the story.", ""];
  writeFileSync(`${PICTURES}/README.md`, [...head, ...sections.flat()].join("\n"));
}

function rowOf(part: string, stage: string, files: readonly string[]): string {
  const name = inWords(stage.replace(/^\d+-/u, ""));
  const cells = VARIANTS.map(({ width, scheme, shown }) => {
    const file = `${part}-${width}-${stage}-${scheme}.webp`;
    return files.includes(file) ? `<a href="${file}"><img src="${file}" alt="${name}, ${width} pixels wide, ${scheme}" width="${shown}"></a>` : "";
  });
  return `| ${[name, ...cells].join(" | ")} |`;
}

function inWords(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
