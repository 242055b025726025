import { Text } from "@mantine/core";
import type { PolicyView } from "access-engine";
import { ListRow } from "../../components/ListRow.tsx";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/past.ts";
import { targetsWords } from "../../words/target.ts";
import { PolicySteps } from "../policies/PolicySteps.tsx";

/** A policy as it was. */
export function PolicyThen({ policy: { name, version, targets, actions, terms } }: { policy: PolicyView }) {
  return (
    <ListRow>
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {words.version(version, actions === "all" ? words.allActions : inWords(actions), targetsWords(targets))}
      </Text>
      {terms && <PolicySteps terms={terms} />}
    </ListRow>
  );
}
