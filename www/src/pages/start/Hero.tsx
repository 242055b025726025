import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { Code } from "../../components/Code.tsx";
import classes from "./Start.module.css";

const LINKS = [
  { label: "Documentation", href: import.meta.env.VITE_DOCS_URL },
  { label: "Repository", href: import.meta.env.VITE_REPOSITORY_URL },
];

/** What this is in one sentence, and how to have it. */
export function Hero() {
  useEffect(() => {
    document.title = "Access engine: just-in-time access for any product";
  }, []);
  return (
    <Stack gap="md" className={classes.hero}>
      <Text size="sm" fw={650} className={classes.name}>
        Access engine
      </Text>
      <Title order={1} className={classes.promise}>
        Access when it is needed, gone when it is not
      </Title>
      <Text size="lg" maw="34rem">
        A developer asks, the right people agree, and access ends by itself: one engine for any product, in your server
        and, as here, in the browser.
      </Text>
      <div className={classes.install}>
        <Code label="How to install it" text="npm i access-engine" copies />
      </div>
      <Group gap="lg">
        {LINKS.map(
          ({ label, href }) =>
            href && (
              <Anchor key={label} href={href} target="_blank" rel="noreferrer" fw={600}>
                {label}
              </Anchor>
            ),
        )}
      </Group>
    </Stack>
  );
}
