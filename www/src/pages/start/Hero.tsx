import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Code } from "../../components/Code.tsx";
import * as words from "../../words/pages/start.ts";
import { Addresses } from "./Addresses.tsx";
import classes from "./Start.module.css";

/** What this is in one sentence, and how to have it; needs no engine. */
export function Hero({ children }: { children?: ReactNode }) {
  useEffect(() => {
    document.title = words.documentTitle;
  }, []);
  return (
    <Stack gap="md" className={classes.hero}>
      <Text size="sm" fw={650} className={classes.name}>
        {words.accessEngine}
      </Text>
      <Title order={1} className={classes.promise}>
        {words.promise}
      </Title>
      <Text size="lg" maw="34rem">
        {words.lead}
      </Text>
      <div className={classes.install}>
        <Code label={words.howToInstallIt} text="npm i access-engine" copies />
      </div>
      <Group gap="lg" mih={42}>
        {children}
        <Addresses />
      </Group>
    </Stack>
  );
}
