import { Stack, Text } from "@mantine/core";
import type { Trial } from "../state/trial.ts";
import * as words from "../words/decisions.tsx";
import { voidedWords } from "../words/endings.ts";
import { inWords } from "../words/lists.ts";
import { targetWords } from "../words/target.ts";
import { RefusalAlert } from "./Refusal.tsx";

/** What a command would end, as the engine has tried it on a copy; or why it would not be carried out. */
export function Consequences({ trial }: { trial: Trial | undefined }) {
  if (trial?.refusal !== undefined) return <RefusalAlert error={trial.refusal} title={words.theEngineWouldRefuseIt} />;
  if (trial?.simulation === undefined) return null;
  const { grants, requests, stuck, outcomes } = trial.simulation;
  const voided = voidedWords(outcomes.flatMap(({ events = [] }) => events));
  const ended = grants.filter(({ status }) => status === "ended");
  const cancelled = requests.filter(({ status }) => status === "cancelled");
  const what = [
    ...ended.map((it) => ({ key: it.id, text: words.losesAccess(it.holder.name, inWords(it.actions), targetWords(it.target)) })),
    ...cancelled.map((it) => ({ key: it.id, text: words.requestCancelled(it.requester.name, inWords(it.actions), targetWords(it.target)) })),
    ...voided.map((text) => ({ key: "reviews", text: `${text}.` })),
    ...stuck.map(({ request, step }) => ({
      key: `stuck ${request.id}`,
      text: words.requestStuck(request.requester.name, inWords(request.actions), targetWords(request.target), step),
    })),
  ];
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {what.length === 0 ? words.nothingEnds : words.whatWouldHappen}
      </Text>
      {what.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
          {what.map(({ key, text }) => (
            <li key={key}>
              <Text size="sm">{text}</Text>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
