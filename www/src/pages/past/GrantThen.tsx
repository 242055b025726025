import { Group, Text } from "@mantine/core";
import type { GrantView } from "access-engine";
import { ListRow } from "../../components/ListRow.tsx";
import { GrantBadge, OriginBadge } from "../../components/StatusBadge.tsx";
import { Target } from "../../components/Target.tsx";
import { When } from "../../components/When.tsx";
import * as words from "../../words/pages/past.ts";

/** A grant as it was: nothing can be done to it. */
export function GrantThen({ grant: { holder, target, actions, policy, origin, status, startsAt, endsAt } }: { grant: GrantView }) {
  const badges = (
    <Group gap={6}>
      <OriginBadge origin={origin} />
      <GrantBadge status={status} />
    </Group>
  );
  return (
    <ListRow aside={badges}>
      <Text component="div">
        <b>{`${holder.name}: `}</b>
        <Target target={target} actions={actions} />
      </Text>
      <Text size="sm" c="dimmed">
        {words.from(policy.name)}
        <When at={startsAt} as="date" />
        {endsAt === undefined ? words.forGood : words.until}
        {endsAt !== undefined && <When at={endsAt} as="date" />}
      </Text>
    </ListRow>
  );
}
