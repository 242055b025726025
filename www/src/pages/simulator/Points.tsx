import { Badge, Group, Text } from "@mantine/core";
import type { Scene } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";

export function Points({ points }: { points: Scene["points"] }) {
  if (points.length === 0) return <Text c="dimmed">{words.noneYet}</Text>;
  return (
    <Group gap={6}>
      {points.map(({ name, count }) => (
        <Badge key={name} color="gray">
          {name.charAt(0)}
          {name.slice(1).toLowerCase()} · {count}
        </Badge>
      ))}
    </Group>
  );
}
