import { cookies } from "next/headers";
import { actorOf, engineOf } from "../engine.js";
import { Live } from "./Live.jsx";

/** The server answers while it renders; the page goes on from a snapshot of what this person may see. */
export default async function Page() {
  const [engine, actor] = [await engineOf(), actorOf(await cookies())];
  const resource = { environment: "production", path: "/payments/stripe" };
  const isAllowed = engine.isAllowed(actor, "read", resource);
  return (
    <main>
      <p>
        {actor.subject}, the server says that you {isAllowed ? "may" : "may not"} read {resource.path}.
      </p>
      <Live actor={actor} snapshot={await engine.snapshot({ for: actor.subject })} />
    </main>
  );
}
