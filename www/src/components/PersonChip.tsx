import { Avatar, Group, Text } from "@mantine/core";

/** The first letters of a name's first and last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? "").join("");
}

const COLOURS = ["pine", "cyan", "indigo", "grape", "ember", "gray"];

/** A person, as a mark with or without the name. */
export function PersonMark({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <Avatar aria-hidden="true" size={size} radius="xl" color="initials" allowedInitialsColors={COLOURS} name={name} variant="light" style={{ flex: "none" }}>
      {initials(name)}
    </Avatar>
  );
}

export function PersonChip({ name, note, size }: { name: string; note?: string; size?: number }) {
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      <PersonMark name={name} {...(size === undefined ? {} : { size })} />
      <span style={{ minWidth: 0 }}>
        <Text span size="sm" fw={550}>
          {name}
        </Text>
        {note !== undefined && (
          <Text span size="sm" c="dimmed">
            {" "}
            {note}
          </Text>
        )}
      </span>
    </Group>
  );
}
