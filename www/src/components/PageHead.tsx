import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useDemo } from "../state/demo.tsx";

/** The name of a page, its one line, and what can be done on it first. */
export function PageHead({ title, lead, aside, above }: { title: string; lead?: ReactNode; aside?: ReactNode; above?: ReactNode }) {
  const { name } = useDemo().demo;
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <header>
      {above !== undefined && <Box mb={6}>{above}</Box>}
      <Group justify="space-between" align="flex-start" gap="md">
        <Box miw={0} flex="1 1 18rem">
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" maw="46rem" component="div" mt={4}>
              {lead}
            </Text>
          )}
        </Box>
        {aside}
      </Group>
    </header>
  );
}
