import { Text } from "@mantine/core";
import type { Exclusion } from "access-engine";
import { usePolicyName } from "../state/policies.ts";
import { exclusionWords } from "../words/target.ts";
import { Beginning } from "./Beginning.tsx";

/** What a request leaves out, since other policies govern there. */
export function Exclusions({ exclusions }: { exclusions: readonly Exclusion[] }) {
  const policyName = usePolicyName();
  return (
    <Beginning of={exclusions}>
      {(some) => (
        <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
          {some.map((exclusion) => (
            <li key={`${exclusion.policyId} ${exclusion.environment} ${exclusion.path}`}>
              <Text size="sm">
                {exclusionWords(exclusion)}
                <Text span c="dimmed">{`, which “${policyName(exclusion.policyId)}” governs`}</Text>
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Beginning>
  );
}
