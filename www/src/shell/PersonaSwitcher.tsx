import { Group, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { Icon } from "../components/icons.tsx";
import { PersonMark } from "../components/PersonChip.tsx";
import { useDemo } from "../state/demo.tsx";
import classes from "./PersonaSwitcher.module.css";

/** Who the visitor is, and who else there is to be. */
export function PersonaSwitcher() {
  const { demo, me, personas, become } = useDemo();
  const label = useId();
  const name = demo.directory.name(me.id);
  return (
    <Menu classNames={{ item: classes.item }} withInitialFocusPlaceholder={false} width={300} position="bottom-end" radius="md" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.me}>
          <PersonMark name={name} size={32} />
          <span className={classes.words}>
            <VisuallyHidden>You are </VisuallyHidden>
            <span className={classes.name}>{name}</span> <span className={classes.role}>{me.role}</span>
            <VisuallyHidden>. Change who you are</VisuallyHidden>
          </span>
          <Icon name="down" size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label id={label}>Be somebody else</Menu.Label>
        <Menu.RadioGroup value={me.id} onChange={become} aria-labelledby={label}>
          {personas.map(({ id, role, part }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              <Group gap="sm" wrap="nowrap">
                <PersonMark name={demo.directory.name(id)} size={34} />
                <div>
                  <Text size="sm" fw={600}>
                    {demo.directory.name(id)}
                    <Text span size="sm" c="dimmed" fw={400}>{`, ${role}`}</Text>
                  </Text>
                  <Text size="xs" c="dimmed">
                    {demo.directory.subjects.get(id)?.disabled ? "Disabled at the moment" : part}
                  </Text>
                </div>
              </Group>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
