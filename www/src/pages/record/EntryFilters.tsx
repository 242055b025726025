import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { RequestId } from "access-engine";
import { Icon } from "../../components/icons.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useAnswer } from "../../state/ask.ts";
import { first, type Part } from "../../state/pages.ts";
import { KIND_CHOICES } from "../../words/kinds.ts";
import * as words from "../../words/pages/record.tsx";
import { when } from "../../words/time.ts";
import type { RecordSearch } from "./search.ts";
import { requestWords } from "../../words/request.ts";

/** Of so many of the newest requests one can be chosen. */
const NEWEST = 200;

interface Props {
  filters: RecordSearch;
  onChange: (change: RecordSearch) => void;
}

/** Which entries are shown, and exported. */
export function EntryFilters({ filters: { text = "", by, kind, request, from = "", until = "" }, onChange }: Props) {
  const requests = useAnswer(["requests to choose"], (engine, actor, now) => first(NEWEST, (part: Part<RequestId>) => engine.requests(actor, part, now)).items).value ?? [];
  const choices = requests.map((it) => ({
    value: it.id,
    label: `${requestWords(it)}, ${when(it.madeAt)}`,
  }));
  // An address may name one that is not among them.
  if (request !== undefined && !choices.some(({ value }) => value === request)) choices.push({ value: request, label: request });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" verticalSpacing="sm">
      <TextInput
        label={words.search}
        placeholder={words.partOfWhatHappened}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => onChange({ text: event.currentTarget.value || undefined })}
      />
      <PersonSelect label={words.by} placeholder={words.anybody} value={by} onChange={(value) => onChange({ by: value })} />
      <Select label={words.about} placeholder={words.anything} data={KIND_CHOICES} value={kind ?? null} onChange={(value) => onChange({ kind: value ?? undefined })} clearable />
      <Select
        label={words.request}
        placeholder={words.anyRequest}
        data={choices}
        value={request ?? null}
        onChange={(value) => onChange({ request: value ?? undefined })}
        clearable
        searchable
        nothingFoundMessage={words.noSuchRequest}
      />
      <TextInput type="date" label={words.from} value={from} onChange={(event) => onChange({ from: event.currentTarget.value || undefined })} />
      <TextInput type="date" label={words.until} value={until} onChange={(event) => onChange({ until: event.currentTarget.value || undefined })} />
    </SimpleGrid>
  );
}
