import { Anchor, Group } from "@mantine/core";
import * as words from "../../words/pages/start.ts";

const ADDRESSES = [
  { label: words.documentation, href: import.meta.env.VITE_DOCS_URL },
  { label: words.repository, href: import.meta.env.VITE_REPOSITORY_URL },
].flatMap(({ label, href }) => (href === undefined || href === "" ? [] : [{ label, href }]));

/** Where to read on: what the build was told. */
export function Addresses() {
  if (ADDRESSES.length === 0) return null;
  return (
    <Group gap="lg">
      {ADDRESSES.map(({ label, href }) => (
        <Anchor key={label} href={href} target="_blank" rel="noreferrer" fw={600}>
          {label}
        </Anchor>
      ))}
    </Group>
  );
}
