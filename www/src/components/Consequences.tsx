import { Stack, Text } from "@mantine/core";
import type { Trial } from "../state/trial.ts";
import { voidedWords } from "../words/endings.ts";
import { inWords } from "../words/lists.ts";
import { targetWords } from "../words/target.ts";
import { RefusalAlert } from "./Refusal.tsx";

/** What a command would end, as the engine has tried it on a copy; or why it would not be carried out. */
export function Consequences({ trial }: { trial: Trial | undefined }) {
  if (trial?.refusal !== undefined) return <RefusalAlert error={trial.refusal} title="The engine would refuse it" />;
  if (trial?.simulation === undefined) return null;
  const { grants, requests, stuck, outcomes } = trial.simulation;
  const voided = voidedWords(outcomes.flatMap(({ events = [] }) => events));
  const ended = grants.filter(({ status }) => status === "ended");
  const cancelled = requests.filter(({ status }) => status === "cancelled");
  const what = [
    ...ended.map((it) => ({ key: it.id, words: `${it.holder.name} loses access: ${inWords(it.actions)} ${targetWords(it.target)}.` })),
    ...cancelled.map((it) => ({ key: it.id, words: `${it.requester.name}’s request is cancelled: ${inWords(it.actions)} ${targetWords(it.target)}.` })),
    ...voided.map((words) => ({ key: "reviews", words: `${words}.` })),
    ...stuck.map(({ request, step }) => ({
      key: `stuck ${request.id}`,
      words: `${request.requester.name}’s request to ${inWords(request.actions)} ${targetWords(request.target)} could not get past step ${step} any more.`,
    })),
  ];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {what.length === 0 ? "Nobody loses access, and no request ends." : "What would happen"}
      </Text>
      {what.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
          {what.map(({ key, words }) => (
            <li key={key}>
              <Text size="sm">{words}</Text>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
