import { Text } from "@mantine/core";
import type { RequestId } from "access-engine";
import { useAnswer } from "../state/ask.ts";
import { useDemo } from "../state/demo.tsx";
import { stateWords } from "../words/state.ts";

/** Where a request really stands, as the engine explains it. */
export function RealState({ requestId }: { requestId: RequestId }) {
  const { at } = useDemo();
  const { value } = useAnswer(["explain", requestId], (engine, actor, now) => engine.explain(actor, requestId, now));
  if (value === undefined) return null;
  return (
    <Text size="sm" fw={550} component="div">
      {stateWords(value, at)}
    </Text>
  );
}
