import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

interface Props {
  title: string;
  /** One quiet line under the title. */
  hint?: ReactNode;
  /** What stands at the end of the title's line. */
  aside?: ReactNode;
  tone?: "plain" | "ember" | "pine";
  children?: ReactNode;
}

/** One matter on a page: a named region on a card. */
export function Panel({ title, hint, aside, tone = "plain", children }: Props) {
  const id = useId();
  return (
    <section className={classes.panel} data-tone={tone} aria-labelledby={id} tabIndex={-1}>
      <Group justify="space-between" align="flex-start" gap="xs" className={classes.head}>
        <Box miw={0} flex="1 1 12rem">
          <Title order={2} id={id}>
            {title}
          </Title>
          {hint !== undefined && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </Box>
        {aside}
      </Group>
      {children}
    </section>
  );
}
