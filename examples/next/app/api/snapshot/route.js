import { cookies } from "next/headers";
import { actorOf, engineOf } from "../../../engine.js";
import { answer } from "../answer.js";

/** What whoever has signed in may see. */
export async function GET() {
  return answer(async () => (await engineOf()).snapshot({ for: actorOf(await cookies()).subject }));
}
