import { Group } from "@mantine/core";
import type { ReactNode } from "react";

/** What takes something away: at the right edge, since what gives stands at the left. */
export function Taking({ children }: { children: ReactNode }) {
  return (
    <Group gap="xs" justify="flex-end" align="flex-start" ml="auto">
      {children}
    </Group>
  );
}
