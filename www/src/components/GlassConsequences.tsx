import { Text } from "@mantine/core";
import * as words from "../words/decisions.tsx";
import { durationWords } from "../words/duration.ts";

/** What comes of going ahead without approval. */
export function GlassConsequences({ most }: { most?: number | undefined }) {
  const what = [
    words.youGetAccessAtOnce(most === undefined ? "" : words.forAtMost(durationWords(most))),
    words.everybodyIsTold,
    words.reviewedAfterwards,
  ];
  return (
    <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
      {what.map((text) => (
        <li key={text}>
          <Text size="sm">{text}</Text>
        </li>
      ))}
    </ul>
  );
}
