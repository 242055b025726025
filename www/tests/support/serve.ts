import { existsSync } from "node:fs";
import { preview } from "vite";

/** Serves the built page on a free port of this machine, for as long as the tests run. */
export default async function serve(): Promise<() => Promise<void>> {
  if (!existsSync("dist/index.html")) throw new Error("there is no page yet: `npm run build` first");
  const server = await preview({ logLevel: "warn", preview: { host: "127.0.0.1", port: 0, open: false } });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("the preview server has no address");
  process.env["DEMO_URL"] = address;
  return () => server.close();
}
