// Draws what `bench.mjs --json FILE` has written, a picture for each row: node plot.mjs FILE FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scaleLog, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { figure } from "./table.mjs";

const [file, folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("node plot.mjs FILE FOLDER: the file is what `bench.mjs --json FILE` has written");
  process.exit(2);
}

const COLOURS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"];
const [LEFT, TOP, WIDTH, HEIGHT, GAP, LEGEND, LINE] = [84, 48, 260, 260, 48, 250, 18];

const medians = JSON.parse(readFileSync(file, "utf8"));
mkdirSync(folder, { recursive: true });
for (const row of distinct(medians, "row")) {
  writeFileSync(join(folder, `${row}.svg`), picture(row, medians.filter((it) => it.row === row)));
}

/** A panel for each number of policies: time against live grants, both on logarithmic scales. */
function picture(row, values) {
  const [policies, grants, whats] = [distinct(values, "policies"), distinct(values, "grants"), distinct(values, "what")];
  const times = values.map(microseconds);
  const x = scalePoint(grants, [20, WIDTH - 20]);
  const y = scaleLog([Math.min(...times), Math.max(...times)], [HEIGHT, 0]).nice();
  const path = line(({ grants: size }) => x(size), (it) => y(microseconds(it)));
  const colour = (what) => COLOURS[whats.indexOf(what) % COLOURS.length];
  const dash = (what) => (whats.indexOf(what) < COLOURS.length ? "" : ` stroke-dasharray="4 3"`);
  const panels = policies.map((count, place) => {
    const ofPanel = values.filter((it) => it.policies === count);
    const ticks = y.ticks(4).filter((tick) => Number.isInteger(Math.log10(tick)));
    const rules = ticks.map((tick) => `<path d="M0 ${y(tick)}H${WIDTH}" stroke="#ddd"/>`);
    const labels = place > 0 ? [] : ticks.map((tick) => text(-8, y(tick) + 4, `${tick.toLocaleString("en")} µs`, "end"));
    const sizes = grants.map((size) => text(x(size), HEIGHT + 20, figure(size), "middle"));
    const lines = whats.map((what) => {
      const points = ofPanel.filter((it) => it.what === what);
      const dots = points.map((it) => `<circle cx="${x(it.grants)}" cy="${y(microseconds(it))}" r="2.5" fill="${colour(what)}"/>`);
      return `<path d="${path(points)}" fill="none" stroke="${colour(what)}" stroke-width="1.5"${dash(what)}/>${dots.join("")}`;
    });
    const title = text(WIDTH / 2, -12, `policies: ${figure(count)}`, "middle");
    return group(LEFT + place * (WIDTH + GAP), TOP, [title, ...rules, ...labels, ...sizes, ...lines, text(WIDTH / 2, HEIGHT + 40, "live grants", "middle")]);
  });
  const left = LEFT + policies.length * (WIDTH + GAP);
  const legend = whats.map((what, place) => {
    const at = place * LINE;
    return `<path d="M0 ${at}h16" stroke="${colour(what)}" stroke-width="2"${dash(what)}/>${text(22, at + 4, what.replaceAll("`", ""), "start")}`;
  });
  const [width, height] = [left + LEGEND, Math.max(TOP + HEIGHT + 56, TOP + whats.length * LINE)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${row}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    ...panels,
    group(left, TOP + 8, legend),
    "</svg>\n",
  ].join("\n");
}

function microseconds({ milliseconds }) {
  return milliseconds * 1000;
}

function distinct(values, field) {
  return [...new Set(values.map((it) => it[field]))];
}

function text(x, y, words, anchor) {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#222">${words}</text>`;
}

function group(x, y, parts) {
  return `<g transform="translate(${x} ${y})">${parts.join("")}</g>`;
}
