import { Text } from "@mantine/core";
import type { Exclusion } from "access-engine";
import { usePolicy } from "../state/policies.ts";
import * as words from "../words/controls.tsx";
import { exclusionWords } from "../words/target.ts";
import { Beginning } from "./Beginning.tsx";

/** What a request leaves out, since other policies govern there. */
export function Exclusions({ exclusions }: { exclusions: readonly Exclusion[] }) {
  return (
    <Beginning of={exclusions}>
      {(some) => (
        <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
          {some.map((exclusion) => (
            <LeftOut key={`${exclusion.policyId} ${exclusion.environment} ${exclusion.path}`} exclusion={exclusion} />
          ))}
        </ul>
      )}
    </Beginning>
  );
}

function LeftOut({ exclusion }: { exclusion: Exclusion }) {
  const policy = usePolicy(exclusion.policyId);
  return (
    <li>
      <Text size="sm">
        {exclusionWords(exclusion)}
        <Text span c="dimmed">{words.whichGoverns(policy === undefined ? words.aPolicyThatIsGone : `“${policy.name}”`)}</Text>
      </Text>
    </li>
  );
}
