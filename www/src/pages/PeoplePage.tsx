import { Button, Group, Stack, Text } from "@mantine/core";
import type { Subject } from "access-engine";
import { List } from "../components/List.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { PersonMark } from "../components/PersonChip.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { Mark } from "../components/StatusBadge.tsx";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { inWords } from "../words/lists.ts";
import classes from "./PeoplePage.module.css";

/** The directory as the host has synced it in. */
export function PeoplePage() {
  const { directory } = useDemo().demo;
  const subjects = [...directory.subjects.values()];
  return (
    <Stack gap="lg">
      <PageHead
        title="People"
        lead="The directory, as this page has synced it into the engine. Whoever is disabled loses all access and every say in the same instant; being enabled again restores nothing."
      />
      <Panel title="People">
        <List label="People">
          {subjects.map((subject) => (
            <PersonRow key={subject.id} subject={subject} />
          ))}
        </List>
      </Panel>
      <Panel title="Groups">
        <dl className="facts">
          {[...directory.groups.values()].map(({ id, name, members }) => (
            <GroupFact key={id} name={name} members={members.map((it) => directory.principalName(it))} />
          ))}
        </dl>
      </Panel>
    </Stack>
  );
}

function GroupFact({ name, members }: { name: string; members: string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{members.length === 0 ? "nobody" : inWords(members)}</dd>
    </>
  );
}

function PersonRow({ subject }: { subject: Subject }) {
  const { directory } = useDemo().demo;
  const { run, busy, error } = useCommand();
  const { id, name, email, manager, disabled = false } = subject;
  const groups = directory.groupsOf(id).map((group) => group.name);
  const change = () =>
    void run({
      send: (engine, actor) => engine.syncDirectory(actor, { changes: [{ upsertSubject: { ...subject, disabled: !disabled } }] }),
      done: () => (disabled ? `${name} is enabled again.` : `${name} is disabled: access has ended and requests are cancelled.`),
    });
  return (
    <li className={classes.person}>
      <Group gap="sm" wrap="nowrap" align="flex-start" miw={0} flex="1 1 18rem">
        <PersonMark name={name} size={38} />
        <div style={{ minWidth: 0 }}>
          <Group gap={6}>
            <Text fw={600}>{name}</Text>
            {directory.administrators.includes(id) && <Mark tone="done">administrator</Mark>}
            {disabled && <Mark tone="over">disabled</Mark>}
          </Group>
          <Text size="sm" c="dimmed">
            {[groups.length > 0 ? inWords(groups) : "in no group", manager === undefined ? "no manager" : `manager ${directory.name(manager)}`].join("; ")}
          </Text>
          <Text size="sm" c="dimmed">
            {email ?? "no address: gets no mail"}
          </Text>
        </div>
      </Group>
      <Button size="xs" variant="default" loading={busy} onClick={change} aria-label={`${disabled ? "Enable" : "Disable"} ${name}`}>
        {disabled ? "Enable" : "Disable"}
      </Button>
      {error && (
        <div className={classes.error}>
          <RefusalAlert error={error} />
        </div>
      )}
    </li>
  );
}
