import { Stack, Text } from "@mantine/core";
import type { Explanation } from "access-engine";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Target } from "../../components/Target.tsx";
import { Period } from "../../components/When.tsx";
import { inWords } from "../../words/lists.ts";
import { firstName } from "../../words/names.ts";
import * as words from "../../words/pages/request.tsx";
import { targetsWords } from "../../words/target.ts";

/** What the requester has of it already, for whoever has to decide. */
export function Held({ explanation: { request, holds } }: { explanation: Explanation }) {
  const { grants, permissions } = holds;
  if (request.status !== "pending") return null;
  const nothing = grants.length + permissions.length === 0;
  const name = request.requester.name;
  return (
    <Panel title={words.whatNameAlreadyHas(firstName(name))} hint={nothing ? words.noneOfIt : undefined}>
      {!nothing && (
        <List label={words.whatNameAlreadyHas(name)}>
          {grants.map(({ id, target, actions, startsAt, endsAt }) => (
            <li key={id}>
              <Stack gap={0} mb="xs">
                <Target target={target} actions={actions} />
                <Text size="sm" c="dimmed">
                  {words.access}
                  <Period startsAt={startsAt} endsAt={endsAt} />
                </Text>
              </Stack>
            </li>
          ))}
          {permissions.map(({ id, name: called, targets, actions }) => (
            <li key={id}>
              <Text size="sm">{`${actions === "all" ? words.everything : inWords(actions)}: ${targetsWords(targets)}`}</Text>
              <Text size="sm" c="dimmed">{words.standingPermission(called)}</Text>
            </li>
          ))}
        </List>
      )}
    </Panel>
  );
}
