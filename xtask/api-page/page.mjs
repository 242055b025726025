// The page, in Markdown as GitHub shows it.
import { ReferenceReflection, ReflectionKind } from "typedoc";
import { declarations, members } from "./declarations.mjs";

const INTRODUCTION = `<!-- Written by \`cargo xtask docs\` out of the types: change their doc comments instead. -->

# The JavaScript API

All that the package exports, entry by entry, in the words of its types. [JavaScript, by task](javascript.md) has examples.
`;

/** The page of these modules. */
export function page(modules) {
  const writer = writerOf(modules.flatMap(told));
  return [INTRODUCTION, ...modules.map((module) => entry(module, writer))].join("\n");
}

const TO_CALL = ReflectionKind.Class | ReflectionKind.Function | ReflectionKind.Variable;

/** What a module exports, in order: what can be called, then the types. */
function exported({ children }) {
  const byName = children.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return [byName.filter((it) => it.kindOf(TO_CALL)), byName.filter((it) => !it.kindOf(TO_CALL))];
}

/** What has a heading in this module; what several modules export has one in the first. */
function told(module) {
  return exported(module).flat().filter((it) => !(it instanceof ReferenceReflection));
}

function entry(module, writer) {
  const [toCall, types] = exported(module).map((things) => things.map(({ name }) => writer.link(name)).join(" · "));
  const contents = [toCall && `To call: ${toCall}\n`, types && `Types: ${types}\n`].filter(Boolean);
  const things = told(module).map((it) => thing(it, writer));
  return [`## ${module.name}\n`, `${writer.prose(module.comment)}\n`, ...contents, ...things].join("\n");
}

function thing(it, { code, prose }) {
  const declared = declarations(it).flatMap(({ lines: [head, ...alternatives], comment }) => {
    const written = head && [code(head), ...alternatives.map((line) => `- ${code(line)}`)].join("\n");
    return [written, prose(comment)].filter(Boolean).map((paragraph) => `${paragraph}\n`);
  });
  const rows = members(it).map(({ text, comment }) => `| ${cell(code(text))} | ${cell(prose(comment))} |\n`);
  const table = rows.length > 0 ? [`| member | what it is |\n| --- | --- |\n${rows.join("")}`] : [];
  return [`### ${it.name}\n`, ...declared, ...table].join("\n");
}

/** Text as it can stand in a table. */
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n\n", "<br>").replaceAll("\n", " ");

/** Text as it can stand in HTML inside Markdown, where `$` begins a formula. */
const escaped = (text) => text.replaceAll(/[&<*`$]/g, (sign) => `&#${sign.codePointAt()};`);

/** Writes code and prose, with links to these headings. */
function writerOf(headings) {
  const anchors = new Map();
  const seen = new Map();
  for (const { name } of headings) {
    if (anchors.has(name)) throw new Error(`two entries each have a \`${name}\` of their own: give one another name`);
    const anchor = name.toLowerCase();
    const before = seen.get(anchor) ?? 0;
    anchors.set(name, before === 0 ? `#${anchor}` : `#${anchor}-${before}`);
    seen.set(anchor, before + 1);
  }
  const link = (name) => `[${name}](${anchors.get(name)})`;
  const linked = (name) => (anchors.has(name) ? `<a href="${anchors.get(name)}">${name}</a>` : name);
  const code = (text) => `<code>${escaped(text).replaceAll(/"[^"]*"|\b[A-Z]\w*/g, linked)}</code>`;
  const prose = (comment) => (comment?.summary ?? []).map(({ kind, text }) => (kind === "inline-tag" ? link(text) : text)).join("");
  return { code, prose, link };
}
