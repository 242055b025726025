import { Text } from "@mantine/core";
import { durationWords } from "../words/duration.ts";

/** What comes of going ahead without approval. */
export function GlassConsequences({ most }: { most?: number | undefined }) {
  const what = [
    `You get access at once${most === undefined ? "" : `, for at most ${durationWords(most)}`}.`,
    "Every approver and every administrator is told at once.",
    "Somebody else reviews it afterwards. Your reason stays on record.",
  ];
  return (
    <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
      {what.map((words) => (
        <li key={words}>
          <Text size="sm">{words}</Text>
        </li>
      ))}
    </ul>
  );
}
