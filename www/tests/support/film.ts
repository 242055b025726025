import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { PICTURES } from "./visitor.ts";

const SECONDS = 2;
const [WIDTH, HEIGHT] = [1440, 900];

/** Makes one animated WebP of the pictures of the story, each shown as long as the others. */
export default function film(): void {
  const pictures = readdirSync(PICTURES).filter((name) => /^story-1440-.*-light\.webp$/u.test(name));
  const frames = pictures.toSorted().map((name) => chunk("ANMF", frameHead(), imageOf(readFileSync(`${PICTURES}/${name}`))));
  const features = Buffer.concat([Buffer.from([0b10, 0, 0, 0]), uint24(WIDTH - 1), uint24(HEIGHT - 1)]);
  const forEver = Buffer.alloc(6);
  writeFileSync(`${PICTURES}/../story.webp`, chunk("RIFF", Buffer.from("WEBP"), chunk("VP8X", features), chunk("ANIM", forEver), ...frames));
}

/** The chunk of a WebP that has the image: after the header of the file come its features and its colour profile. */
function imageOf(picture: Buffer): Buffer {
  for (let at = 12; ; ) {
    const end = at + 8 + picture.readUInt32LE(at + 4);
    if (picture.subarray(at, at + 4).toString() === "VP8 ") return picture.subarray(at, end + (end % 2));
    at = end + (end % 2);
  }
}

/** Where a frame lies, how large it is, how long it is shown, and that it covers what was before. */
function frameHead(): Buffer {
  return Buffer.concat([uint24(0), uint24(0), uint24(WIDTH - 1), uint24(HEIGHT - 1), uint24(SECONDS * 1000), Buffer.from([0b10])]);
}

function chunk(name: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8, name);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}
