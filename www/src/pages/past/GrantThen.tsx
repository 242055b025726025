import { Group, Text } from "@mantine/core";
import type { GrantView } from "access-engine";
import { GrantBadge, OriginBadge } from "../../components/StatusBadge.tsx";
import { Target } from "../../components/Target.tsx";
import { When } from "../../components/When.tsx";
import classes from "./Then.module.css";

/** A grant as it was: nothing can be done to it. */
export function GrantThen({ grant: { holder, target, actions, policy, origin, status, startsAt, endsAt } }: { grant: GrantView }) {
  return (
    <li className={classes.row}>
      <Group gap="xs" justify="space-between" align="flex-start">
        <Text component="div" flex="1 1 12rem" miw={0}>
          <b>{`${holder.name}: `}</b>
          <Target target={target} actions={actions} />
        </Text>
        <Group gap={6}>
          <OriginBadge origin={origin} />
          <GrantBadge status={status} />
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {`${policy.name} · from `}
        <When at={startsAt} as="date" />
        {endsAt === undefined ? ", for good" : ", until "}
        {endsAt !== undefined && <When at={endsAt} as="date" />}
      </Text>
    </li>
  );
}
