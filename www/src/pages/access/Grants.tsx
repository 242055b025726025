import { Stack } from "@mantine/core";
import type { GrantFilter, GrantView } from "access-engine";
import { Empty } from "../../components/Empty.tsx";
import { GrantCard } from "../../components/GrantCard.tsx";
import { Link } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import classes from "./Grants.module.css";

const ONGOING: GrantFilter = { status: ["live", "scheduled"], limit: 200 };
const OVER: GrantFilter = { status: ["ended"], limit: 20 };

/** The visitor's own access, and that of others as far as the engine shows it. */
export function Grants() {
  const { me } = useDemo();
  const ongoing = useAnswer((engine, actor, now) => engine.grants(actor, ONGOING, now));
  const over = useAnswer((engine, actor, now) => engine.grants(actor, { ...OVER, holder: me.id }, now));
  const grants = ongoing.value?.items ?? [];
  const mine = grants.filter(({ holder }) => holder.id === me.id);
  const others = grants.filter(({ holder }) => holder.id !== me.id);
  const ended = over.value?.items ?? [];
  return (
    <>
      {ongoing.error && <RefusalAlert error={ongoing.error} />}
      <Panel title="Live and scheduled">
        {mine.length > 0 ? (
          <Cards grants={mine} label="My live and scheduled access" />
        ) : (
          <Empty title="No access at the moment.">
            <Link to="/requests/new" size="sm">
              Ask for access
            </Link>{" "}
            and it appears here when the last step is approved.
          </Empty>
        )}
      </Panel>
      {others.length > 0 && (
        <Panel title="Of others" hint="You administer it, or approve under its policy.">
          <Cards grants={others} label="Access of others" heading />
        </Panel>
      )}
      {ended.length > 0 && (
        <Panel title="Over" hint="A grant is a record for ever.">
          <Cards grants={ended} label="My access that is over" />
        </Panel>
      )}
    </>
  );
}

function Cards({ grants, label, heading = false }: { grants: readonly GrantView[]; label: string; heading?: boolean }) {
  return (
    <List label={label}>
      {grants.map((grant) => (
        <li key={grant.id} className={classes.grant}>
          <Stack gap={0}>
            <GrantCard grant={grant} heading={heading} />
          </Stack>
        </li>
      ))}
    </List>
  );
}
