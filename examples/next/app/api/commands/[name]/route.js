import { cookies } from "next/headers";
import { actorOf, engineOf } from "../../../../engine.js";
import { answer } from "../../answer.js";

/** The commands that this page sends, and no other methods of the engine. */
const NAMES = new Set(["requestAccess", "cancelRequest", "reviewRequest", "releaseGrant"]);

export async function POST(request, { params }) {
  const { name } = await params;
  if (!NAMES.has(name)) return new Response(undefined, { status: 404 });
  return answer(async () => (await engineOf())[name](actorOf(await cookies()), await request.json()));
}
