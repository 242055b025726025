import { Stack, Text } from "@mantine/core";
import { isAccessError } from "access-engine";
import { useSearch } from "@tanstack/react-router";
import { Link } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { PastProvider, useDemo } from "../state/demo.tsx";
import { useFilters } from "../state/filters.ts";
import { useSettled } from "../state/settled.ts";
import * as words from "../words/pages/past.ts";
import { when } from "../words/time.ts";
import { Moments } from "./past/Moments.tsx";
import { Then } from "./past/Then.tsx";
import { usePast } from "./past/usePast.ts";

/** The project at any moment that the record has. */
export function PastPage() {
  const { engine, me, at } = useDemo();
  const [{ version: chosen }, setFilters] = useFilters(useSearch({ from: "/record/past" }));
  const newest = engine.version;
  const version = Math.max(1, Math.min(newest, Math.round(chosen ?? newest)));
  const [settled] = useSettled(version);
  const { value: past, error } = usePast(settled) ?? {};
  return (
    <Stack gap="lg">
      <PageHead
        above={<Link to="/record" size="sm">{words.record}</Link>}
        title={words.asItWas}
        lead={words.pastHint}
      />
      <Moments version={version} newest={newest} time={past?.version === version ? when(past.at) : undefined} onChange={(to) => setFilters({ version: to })} />
      {error && <RefusalAlert error={error} title={words.cannotBeReadAnyMore} />}
      {isAccessError(error, "corrupt_record") && (
        <Text size="sm">{words.whyItCannotBeRead}</Text>
      )}
      {past === undefined && error === undefined && (
        <Text component="output" c="dimmed">
          {words.readingTheRecord}
        </Text>
      )}
      {past && (
        <PastProvider key={`${me.id} ${past.version}`} past={past.version === newest ? { ...past, at } : past}>
          <Then version={past.version} present={at} isLeft={past.version !== version} isNewest={past.version === newest} />
        </PastProvider>
      )}
    </Stack>
  );
}
