import { Stack, Text, Title } from "@mantine/core";
import type { ImportChange, ImportedPolicy, ImportReport } from "access-engine";
import { List } from "../../components/List.tsx";
import { RefusalCode } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Mark } from "../../components/StatusBadge.tsx";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/policies.tsx";
import { refusalWords } from "../../words/refusals.ts";
import { targetsWords } from "../../words/target.ts";

/** What would become of policies: which are taken, what is otherwise than there, which are refused and why. */
export function ImportedPolicies({ report: { policies, changes } }: { report: ImportReport }) {
  const taken = policies.filter(({ terms }) => terms !== undefined).length;
  return (
    <Stack gap="sm">
      <Text fw={600}>{policies.length === 0 ? words.noPolicyInIt : words.canBeImported(taken, counted(policies.length, "policy", "policies"))}</Text>
      <Changes changes={changes} />
      <List label={words.whatBecomesOfThem}>
        {policies.map((policy, index) => (
          // Two may have one name: they are told apart by their place.
          // oxlint-disable-next-line react/no-array-index-key
          <Imported key={index} policy={policy} />
        ))}
      </List>
    </Stack>
  );
}

function Imported({ policy: { source, terms, changes, refusal } }: { policy: ImportedPolicy }) {
  return (
    <li style={{ paddingBlock: "0.6rem", borderTop: "1px solid var(--line)" }}>
      <Title order={3}>
        {terms?.name ?? source.name} <Mark tone={terms ? "done" : "over"}>{terms ? words.taken : words.leftOut}</Mark>
      </Title>
      {terms && <Text size="sm">{targetsWords(terms.targets)}</Text>}
      {refusal && (
        <Text size="sm">
          <Sentence clause={refusalWords(refusal)} /> <RefusalCode code={refusal.code} />
        </Text>
      )}
      <Changes changes={changes} />
    </li>
  );
}

function Changes({ changes }: { changes: readonly ImportChange[] }) {
  if (changes.length === 0) return null;
  return (
    <Text component="ul" size="sm" c="dimmed" my={4} pl="1.2rem">
      {changes.map(({ code, field, message }) => (
        <li key={`${code} ${field}`}>
          <Sentence clause={message} />
        </li>
      ))}
    </Text>
  );
}
