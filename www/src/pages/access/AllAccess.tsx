import { Button, Checkbox, Group, Stack } from "@mantine/core";
import type { GrantFilter, GrantId, GrantView } from "access-engine";
import { useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Empty } from "../../components/Empty.tsx";
import { GrantCard } from "../../components/GrantCard.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useAdministers } from "../../state/administers.ts";
import { useFilters } from "../../state/filters.ts";
import { type Part, useList } from "../../state/pages.ts";
import { useSettled } from "../../state/settled.ts";
import { counted, inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/access.tsx";
import { targetWords } from "../../words/target.ts";
import { AccessFilters } from "./AccessFilters.tsx";
import classes from "./AllAccess.module.css";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { Revoked, type Revocations } from "./Revoked.tsx";

const FIRST = 20;
const ONGOING = ["live", "scheduled"] as const;

/** All access that there is, as far as the engine shows it; of what is chosen all is revoked at once. */
export function AllAccess() {
  const { allowed: administers } = useAdministers();
  const [filters, setFilters] = useFilters(useSearch({ from: "/access" }));
  const { text = "", holder, environment, policy, status } = filters;
  const [sought] = useSettled(text.trim());
  const filter: GrantFilter = {
    status: ONGOING.filter((it) => status === undefined || it === status),
    ...(sought === "" ? {} : { text: sought }),
    ...(holder === undefined ? {} : { holder: { subject: holder } }),
    ...(environment === undefined ? {} : { environment }),
    ...(policy === undefined ? {} : { policyId: policy }),
  };
  const { answer, showMore } = useList(FIRST, ["all access", filter], (engine, actor, part: Part<GrantId>, now) => engine.grants(actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const list = useRef<HTMLUListElement>(null);
  const [ticked, setTicked] = useState<ReadonlySet<GrantId>>(new Set());
  const [asked, setAsked] = useState<readonly GrantView[]>([]);
  const [revocations, setRevocations] = useState<Revocations>();
  const revocable = page?.items.filter(({ revoke }) => revoke.allowed) ?? [];
  const chosen = revocable.filter(({ id }) => ticked.has(id));
  const tick = (grants: readonly GrantView[], on: boolean) => {
    const changed = new Set(ticked);
    for (const { id } of grants) {
      if (on) changed.add(id);
      else changed.delete(id);
    }
    setTicked(changed);
  };
  return (
    <Panel title={administers ? words.allLiveAccess : words.liveAccessYouMaySee} hint={administers ? words.scheduledAccessIsHereToo : words.yoursAndYourPolicies}>
      <Stack gap="md">
        <AccessFilters filters={filters} onChange={setFilters} />
        {error && <RefusalAlert error={error} />}
        {revocations && <Revoked revocations={revocations} />}
        {revocable.length > 0 && (
          <Group justify="space-between" mih={36}>
            <Checkbox
              label={words.selectAllShown(revocable.length)}
              checked={chosen.length === revocable.length}
              indeterminate={chosen.length > 0 && chosen.length < revocable.length}
              onChange={(event) => tick(revocable, event.currentTarget.checked)}
            />
            {chosen.length > 0 && (
              <Button variant="outline" color="red" onClick={() => setAsked(chosen)}>
                {words.revokeCount(counted(chosen.length, "grant"))}
              </Button>
            )}
          </Group>
        )}
        <List label={words.allLiveAccess} ref={list}>
          {page?.items.map((grant) => (
            <li key={grant.id} className={classes.grant}>
              {grant.revoke.allowed && (
                <Checkbox
                  aria-label={words.selectGrant(grant.holder.name, inWords(grant.actions), targetWords(grant.target))}
                  checked={ticked.has(grant.id)}
                  onChange={(event) => tick([grant], event.currentTarget.checked)}
                />
              )}
              <div className={classes.card}>
                <GrantCard grant={grant} heading />
              </div>
            </li>
          ))}
        </List>
        {page?.items.length === 0 && <Empty title={Object.keys(filter).length > 1 || status !== undefined ? words.noAccessMatchesTheseFilters : words.nobodyHasAccess} />}
        {page && <MoreButton shown={page.items.length} total={page.total} noun="grant" onMore={showMore} list={list} />}
      </Stack>
      <RevokeDialog grants={asked} onClose={() => setAsked([])} onDone={setRevocations} />
    </Panel>
  );
}
