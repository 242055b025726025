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

/** Writes a page that shows all pictures, those of one stage side by side. */
export default function gallery(): void {
  const files = readdirSync(PICTURES).filter((file) => file.endsWith(".webp"));
  const parts = [...new Set(files.map((file) => file.split("-")[0] ?? file))];
  const inOrder = parts.toSorted((one, other) => FIRST.indexOf(other) - FIRST.indexOf(one) || one.localeCompare(other));
  const head = "# Every page and state, in pictures\n\n`npm run screenshots` in `www` makes them, this page, and the animation of the story.\n";
  writeFileSync(`${PICTURES}/README.md`, head + inOrder.map((part) => sectionOf(part, files)).join(""));
}

function sectionOf(part: string, files: readonly string[]): string {
  const own = files.filter((file) => file.startsWith(`${part}-`));
  const stages = [...new Set(own.map((file) => file.replace(/^\w+-\d+-/u, "").replace(/-\w+\.webp$/u, "")))].toSorted();
  const rows = stages.map((stage) => {
    const name = inWords(stage.replace(/^\d+-/u, ""));
    const cells = VARIANTS.map(({ width, scheme, shown }) => {
      const file = `${part}-${width}-${stage}-${scheme}.webp`;
      return own.includes(file) ? `<a href="${file}"><img src="${file}" alt="${name}, ${width} pixels wide, ${scheme}" width="${shown}"></a>` : "";
    });
    return `| ${[name, ...cells].join(" | ")} |\n`;
  });
  return `\n## ${inWords(part)}\n\n| | wide, light | wide, dark | narrow, light | narrow, dark |\n|---|---|---|---|---|\n${rows.join("")}`;
}

function inWords(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
