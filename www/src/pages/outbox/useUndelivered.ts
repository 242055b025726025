import type { OutboxMessage } from "access-engine";
import { useEffect, useState } from "react";
import { useDemo } from "../../state/demo.tsx";

/** The messages that were tried and are not delivered. */
export function useUndelivered(): readonly OutboxMessage[] {
  const { demo, revision } = useDemo();
  const [left, setLeft] = useState<readonly OutboxMessage[]>([]);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- with each change there may be others
  useEffect(() => void demo.undelivered().then(setLeft), [demo, revision]);
  return left;
}
