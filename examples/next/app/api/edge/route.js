import { init } from "access-engine";

export const runtime = "edge";

/** The engine loads at the edge, too: bring it a store that is there, or a snapshot. */
export async function GET() {
  await init();
  return Response.json({ loaded: true });
}
