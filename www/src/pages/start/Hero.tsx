import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Code } from "../../components/Code.tsx";
import { Addresses } from "./Addresses.tsx";
import classes from "./Start.module.css";

/** What this is in one sentence, and how to have it; needs no engine. */
export function Hero({ children }: { children?: ReactNode }) {
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
      <Group gap="lg" mih={42}>
        {children}
        <Addresses />
      </Group>
    </Stack>
  );
}
