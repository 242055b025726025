import { Group, Stack, TextInput } from "@mantine/core";
import type { PermissionFilter, PermissionId } from "access-engine";
import { useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useFilters } from "../../state/filters.ts";
import { type Part, useList } from "../../state/pages.ts";
import * as words from "../../words/pages/permissions.tsx";
import { PermissionRow } from "./PermissionRow.tsx";

const FIRST = 20;

/** The standing permissions that the visitor may see. */
export function PermissionList() {
  const [{ text = "", holder }, setFilters] = useFilters(useSearch({ from: "/permissions" }));
  const filter: PermissionFilter = {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(holder === undefined ? {} : { holder: { subject: holder } }),
  };
  const { answer, showMore } = useList(FIRST, ["permissions", filter], (engine, actor, part: Part<PermissionId>, now) => engine.permissions(actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const list = useRef<HTMLUListElement>(null);
  const filtered = Object.keys(filter).length > 0;
  return (
    <Panel title={words.standingPermissions} hint={words.permissionsHint}>
      <Stack gap="sm">
        <Group gap="sm">
          <TextInput
            label={words.search}
            placeholder={words.nameOrPath}
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={(event) => setFilters({ text: event.currentTarget.value || undefined })}
            flex="2 1 14rem"
          />
          <PersonSelect label={words.heldBy} placeholder={words.anybody} value={holder} onChange={(value) => setFilters({ holder: value })} flex="1 1 11rem" />
        </Group>
        {error && <RefusalAlert error={error} />}
        <List label={words.permissions} ref={list}>
          {page?.items.map((permission) => (
            <PermissionRow key={permission.id} permission={permission} />
          ))}
        </List>
        {page?.items.length === 0 && <Empty title={filtered ? words.noPermissionMatches : words.thereAreNone} />}
        {page && <MoreButton shown={page.items.length} total={page.total} noun="permission" onMore={showMore} list={list} />}
      </Stack>
    </Panel>
  );
}
