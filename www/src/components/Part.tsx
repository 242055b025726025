import { Title } from "@mantine/core";
import type { ReactNode } from "react";

/** One matter of a panel, under its name. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} mb={2}>
        {title}
      </Title>
      {children}
    </div>
  );
}
