import { Badge, Group, Text } from "@mantine/core";
import type { RequestId } from "access-engine";
import { useRef } from "react";
import { LinkButton } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RequestRow } from "../../components/RequestRow.tsx";
import { useDemo } from "../../state/demo.tsx";
import { type Part, useList } from "../../state/pages.ts";
import * as words from "../../words/pages/requests.ts";
import { TASK } from "../../words/tasks.ts";

const FIRST = 20;

/** What waits for the visitor. */
export function Inbox() {
  const { demo, me } = useDemo();
  const { answer: inbox, showMore } = useList(FIRST, ["inbox"], (engine, actor, part: Part<RequestId>, now) => engine.inbox(actor, part, now));
  const total = inbox.value?.total ?? 0;
  const list = useRef<HTMLUListElement>(null);
  return (
    <Panel
      title={words.waitingForYou}
      {...(inbox.value?.total === 0 ? { hint: words.nothingIsWaiting(demo.directory.name(me.id)) } : {})}
      tone={total > 0 ? "pine" : "plain"}
      aside={
        <Group gap="sm">
          {total > 0 && (
            <LinkButton to="/inbox" size="xs" variant="light">
              {words.workThroughThem}
            </LinkButton>
          )}
          <Badge size="lg" circle={total < 10} color={total > 0 ? "pine" : "gray"}>
            {total}
          </Badge>
        </Group>
      }
    >
      {inbox.error && <RefusalAlert error={inbox.error} />}
      {inbox.value && total > 0 && (
        <List label={words.waitingForYou} ref={list}>
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
      {inbox.value && <MoreButton shown={inbox.value.items.length} total={total} noun="task" onMore={showMore} list={list} />}
    </Panel>
  );
}
