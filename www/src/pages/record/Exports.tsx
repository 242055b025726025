import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { linesOf } from "../../engine/project.ts";
import { useAdministers } from "../../state/administers.ts";
import { type Answer, answering } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { download } from "../../state/download.ts";
import { everyEntry } from "../../state/pages.ts";
import { kindOf } from "../../words/kinds.ts";
import * as words from "../../words/pages/record.tsx";
import { csvOf } from "./csv.ts";
import { historyFilter, type RecordSearch } from "./search.ts";

/** The entries that fit the filters as CSV, and all commits as they are stored, one a line. */
export function Exports({ filters }: { filters: RecordSearch }) {
  const { demo, engine, actor, at } = useDemo();
  const { allowed } = useAdministers();
  const [failed, setFailed] = useState<Answer<unknown>["error"]>();
  const exportEntries = async () => {
    const { value, error } = await answering(everyEntry(engine, actor, { filter: historyFilter(filters), kind: kindOf(filters.kind) }, at));
    setFailed(error);
    if (value) download(`${demo.project}.csv`, "text/csv", csvOf(value, (id) => demo.directory.name(id)));
  };
  const exportCommits = async () => {
    download(`${demo.project}.ndjson`, "application/x-ndjson", linesOf(await demo.commits()));
  };
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => void exportEntries()}>
          {words.exportCsv}
        </Button>
        {allowed && (
          <Button size="xs" variant="default" onClick={() => void exportCommits()}>
            {words.exportNdjson}
          </Button>
        )}
      </Group>
      {failed && <RefusalAlert error={failed} />}
    </>
  );
}
