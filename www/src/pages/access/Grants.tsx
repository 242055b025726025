import type { GrantId, GrantStatus, GrantView } from "access-engine";
import { useRef, useState } from "react";
import { Empty } from "../../components/Empty.tsx";
import { GrantCard } from "../../components/GrantCard.tsx";
import { Link } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useAdministers } from "../../state/administers.ts";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { every, type Part, useList } from "../../state/pages.ts";
import * as words from "../../words/pages/access.tsx";
import { AllAccess } from "./AllAccess.tsx";
import classes from "./Grants.module.css";

const FIRST = 20;

/** The visitor's own access, and that of others as far as the engine shows it. */
export function Grants() {
  const { me } = useDemo();
  const { allowed: administers } = useAdministers();
  const status: GrantStatus[] = ["live", "scheduled"];
  const { value: mine = [], error } = useAnswer(["my grants"], (engine, actor, now) =>
    every<GrantView, GrantId>((part) => engine.grants(actor, { status, holder: { subject: me.id }, ...part }, now)),
  );
  const all = useAnswer(["all grants"], (engine, actor, now) => engine.grants(actor, { status, limit: 1 }, now).total).value ?? 0;
  return (
    <>
      {error && <RefusalAlert error={error} />}
      <Panel title={words.liveAndScheduled}>
        {mine.length > 0 ? (
          <Beginning grants={mine} label={words.myLiveAndScheduledAccess} />
        ) : (
          <Empty title={words.noAccessAtTheMoment}>
            <Link to="/requests/new" size="sm">
              {words.askForAccess}
            </Link>
            {words.howAccessAppears}
          </Empty>
        )}
      </Panel>
      {(administers || all > mine.length) && <AllAccess key={`all ${me.id}`} />}
      <Over key={me.id} />
    </>
  );
}

function Over() {
  const { me } = useDemo();
  const { answer, showMore } = useList(FIRST, ["ended grants", me.id], (engine, actor, part: Part<GrantId>, now) =>
    engine.grants(actor, { status: ["ended"], holder: { subject: me.id }, ...part }, now),
  );
  const over = answer.value;
  if (over === undefined || over.items.length === 0) return null;
  return (
    <Panel title={words.ended} hint={words.endedGrantsStayOnRecord}>
      <Cards label={words.myEndedAccess} grants={over.items} total={over.total} onMore={showMore} />
    </Panel>
  );
}

/** Grants that have been read already, a few at a time. */
function Beginning({ grants, ...props }: { grants: readonly GrantView[]; label: string }) {
  const [most, setMost] = useState(FIRST);
  return <Cards {...props} grants={grants.slice(0, most)} total={grants.length} onMore={() => setMost(most + FIRST)} />;
}

interface CardsProps {
  grants: readonly GrantView[];
  total: number;
  onMore: () => void;
  label: string;
}

function Cards({ grants, total, onMore, label }: CardsProps) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <>
      <List label={label} ref={list}>
        {grants.map((grant) => (
          <li key={grant.id} className={classes.grant}>
            <GrantCard grant={grant} />
          </li>
        ))}
      </List>
      <MoreButton shown={grants.length} total={total} noun="grant" onMore={onMore} list={list} />
    </>
  );
}
