import { cookies } from "next/headers";
import { actorOf, engineOf } from "../../../engine.js";
import { answer } from "../answer.js";

/** May whoever has signed in do this now? */
export async function POST(request) {
  return answer(async () => (await engineOf()).evaluate({ ...(await request.json()), subject: actorOf(await cookies()) }));
}
