import { Menu, Text, UnstyledButton } from "@mantine/core";
import { Icon } from "../components/icons.tsx";
import { PersonMark } from "../components/PersonChip.tsx";
import { PERSONAS } from "../engine/company.ts";
import { useDemo } from "../state/demo.tsx";
import classes from "./PersonaSwitcher.module.css";

/** Who the visitor is, and who else there is to be. */
export function PersonaSwitcher() {
  const { demo, me, become } = useDemo();
  const name = demo.directory.name(me.id);
  return (
    <Menu width={300} position="bottom-end" radius="md" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={`You are ${name}, ${me.role}. Change who you are`}>
          <PersonMark name={name} size={32} />
          <span className={classes.words}>
            <span className={classes.name}>{name}</span>
            <span className={classes.role}>{me.role}</span>
          </span>
          <Icon name="down" size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Be somebody else</Menu.Label>
        {PERSONAS.map(({ id, role, part }) => (
          <Menu.Item
            key={id}
            onClick={() => become(id)}
            leftSection={<PersonMark name={demo.directory.name(id)} size={34} />}
            rightSection={id === me.id ? <Icon name="check" size={16} /> : undefined}
            aria-current={id === me.id}
          >
            <Text size="sm" fw={600}>
              {demo.directory.name(id)}
              <Text span size="sm" c="dimmed" fw={400}>{`, ${role}`}</Text>
            </Text>
            <Text size="xs" c="dimmed">
              {demo.directory.subjects.get(id)?.disabled ? "Disabled at the moment" : part}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
