import { Badge, Text } from "@mantine/core";
import type { InboxTask } from "access-engine";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RequestRow } from "../../components/RequestRow.tsx";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";

const TASK: Record<InboxTask, string> = {
  review: "Your review is asked for",
  acknowledge: "The glass was broken: look at it and acknowledge",
};

/** What waits for the visitor. */
export function Inbox() {
  const { demo, me } = useDemo();
  const inbox = useAnswer((engine, actor, now) => engine.inbox(actor, {}, now));
  const total = inbox.value?.total ?? 0;
  return (
    <Panel
      title="Waits for you"
      {...(inbox.value?.total === 0 ? { hint: `Nothing waits for ${demo.directory.name(me.id)}. Change who you are at the top to see what waits for others.` } : {})}
      tone={total > 0 ? "pine" : "plain"}
      aside={<Badge size="lg" circle={total < 10} aria-label={`${total} waiting`} color={total > 0 ? "pine" : "gray"}>{total}</Badge>}
    >
      {inbox.error && <RefusalAlert error={inbox.error} />}
      {inbox.value && total > 0 && (
        <List label="Waits for you">
          {inbox.value.items.map(({ task, request }) => (
            <RequestRow
              key={`${task} ${request.id}`}
              request={request}
              task={
                <Text size="sm" fw={600} c={task === "acknowledge" ? "ember" : "pine"}>
                  {TASK[task]}
                </Text>
              }
            />
          ))}
        </List>
      )}
    </Panel>
  );
}
