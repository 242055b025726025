import { Text } from "@mantine/core";
import type { PreviewStep } from "access-engine";
import { stepWords } from "../words/steps.ts";
import { quorumWords } from "./Quorum.tsx";

/** Who would have to agree, step by step. */
export function ForeseenSteps({ steps }: { steps: readonly PreviewStep[] }) {
  return (
    <ol style={{ margin: 0, paddingLeft: "1.2rem" }}>
      {steps.map((step, index) => (
        // Steps are told apart by their place alone.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Text size="sm">{stepWords(step, quorumWords)}</Text>
        </li>
      ))}
    </ol>
  );
}
