import { Text } from "@mantine/core";
import type { Exclusion } from "access-engine";
import { usePolicy } from "../state/policies.ts";
import { exclusionWords } from "../words/target.ts";

const MOST = 20;

/** What a request leaves out, since other policies govern there. */
export function Exclusions({ exclusions }: { exclusions: readonly Exclusion[] }) {
  return (
    <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
      {exclusions.slice(0, MOST).map((exclusion) => (
        <LeftOut key={`${exclusion.policyId} ${exclusion.environment} ${exclusion.path}`} exclusion={exclusion} />
      ))}
      {exclusions.length > MOST && (
        <li>
          <Text size="sm" c="dimmed">{`${exclusions.length - MOST} more`}</Text>
        </li>
      )}
    </ul>
  );
}

function LeftOut({ exclusion }: { exclusion: Exclusion }) {
  const policy = usePolicy(exclusion.policyId);
  return (
    <li>
      <Text size="sm">
        {exclusionWords(exclusion)}
        <Text span c="dimmed">{`, which ${policy === undefined ? "a policy that is gone" : `“${policy.name}”`} governs`}</Text>
      </Text>
    </li>
  );
}
