import { useDemo } from "../state/demo.tsx";
import { InboxReader } from "./inbox/InboxReader.tsx";

/** What waits for the visitor, to be worked through. */
export function InboxPage() {
  const { me } = useDemo();
  return <InboxReader key={me.id} />;
}
