import { Stack, TextInput } from "@mantine/core";
import type { PolicyId } from "access-engine";
import { useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { type Part, useList } from "../../state/pages.ts";
import { useManage } from "../../state/policies.ts";
import { useSettled } from "../../state/settled.ts";
import * as words from "../../words/pages/policies.tsx";
import { PolicyCard } from "./PolicyCard.tsx";
import classes from "./PolicyList.module.css";

const FIRST = 20;

/** All policies, or those with a text in their name or paths. */
export function PolicyList({ text, onSearch }: { text: string; onSearch: (text: string | undefined) => void }) {
  const [sought] = useSettled(text.trim());
  const filter = sought === "" ? {} : { text: sought };
  const { answer, showMore } = useList(FIRST, ["policies", filter], (engine, actor, part: Part<PolicyId>, now) => engine.policies(actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const manage = useManage();
  const list = useRef<HTMLUListElement>(null);
  return (
    <Stack gap="lg">
      <TextInput
        label={words.search}
        placeholder={words.nameOrPath}
        maw={420}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => onSearch(event.currentTarget.value || undefined)}
      />
      {error && <RefusalAlert error={error} />}
      <List label={words.policies} ref={list}>
        {page?.items.map((policy) => (
          <li key={policy.id} className={classes.policy}>
            <PolicyCard policy={policy} manage={manage} />
          </li>
        ))}
      </List>
      {page && <MoreButton shown={page.items.length} total={page.total} noun="policy" nouns="policies" onMore={showMore} list={list} />}
      {page?.items.length === 0 && (
        <Empty title={text === "" ? words.noPolicies : words.noPolicyMatches}>
          {text === "" ? (manage.allowed ? words.makeTheFirstOne : words.anAdministratorCanMakeIt) : words.searchHint}
        </Empty>
      )}
    </Stack>
  );
}
