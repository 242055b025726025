import { Button, Group, Stack, Text } from "@mantine/core";
import { useId } from "react";
import type { Ability } from "../state/ability.ts";
import { refusalWords } from "../words/refusals.ts";
import { Sentence } from "./Sentence.tsx";

interface Action {
  label: string;
  ability: Ability;
}

/** The buttons that the engine keeps closed; those of one reason together, the reason once. */
export function ClosedButtons({ actions }: { actions: readonly Action[] }) {
  const reasons = new Map<string, string[]>();
  for (const { label, ability } of actions) {
    if (ability.allowed || ability.refusal === undefined) continue;
    const reason = refusalWords(ability.refusal);
    reasons.set(reason, [...(reasons.get(reason) ?? []), label]);
  }
  return [...reasons].map(([reason, labels]) => <Closed key={reason} reason={reason} labels={labels} />);
}

function Closed({ reason, labels }: { reason: string; labels: readonly string[] }) {
  const id = useId();
  return (
    <Stack gap={4}>
      <Group gap={6}>
        {labels.map((label) => (
          <Button key={label} size="xs" variant="default" disabled aria-describedby={id}>
            {label}
          </Button>
        ))}
      </Group>
      <Text id={id} size="xs" c="dimmed">
        <Sentence clause={reason} />
      </Text>
    </Stack>
  );
}
