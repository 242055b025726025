import { Group, Text } from "@mantine/core";
import type { Pattern, PolicyId, PolicyName } from "access-engine";
import { Empty } from "../../components/Empty.tsx";
import { LinkButton } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Target } from "../../components/Target.tsx";
import { useAnswer } from "../../state/ask.ts";
import { foreseen, isAskable } from "../../state/askable.ts";
import { entriesOf, useActions } from "../../state/folders.ts";
import { prefill } from "../../state/prefill.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/access.tsx";
import { targetWords } from "../../words/target.ts";
import classes from "./Grants.module.css";

/** So many targets of policies are looked at. */
const MOST = 50;

interface Offer {
  readonly target: Pattern;
  readonly policy: PolicyName;
  readonly actions: string[];
}

/** The targets of policies that the visitor may ask for, and to do what. */
export function Askable() {
  const actions = useActions();
  const { value: offers = [] } = useAnswer(["askable", actions], (engine, actor, now) => {
    const targets = engine.policies(actor, { limit: MOST }, now).items.flatMap((it) => entriesOf(it.targets));
    const found: Offer[] = [];
    for (const target of targets.slice(0, MOST)) {
      const byPolicy = new Map<PolicyId, Offer>();
      for (const action of actions) {
        const preview = foreseen(engine, actor, target, [action], now);
        if (preview?.policy === undefined || !isAskable(preview)) continue;
        const offer = byPolicy.get(preview.policy.id) ?? { target, policy: preview.policy, actions: [] };
        offer.actions.push(action);
        byPolicy.set(offer.policy.id, offer);
      }
      found.push(...byPolicy.values());
    }
    return found;
  });
  return (
    <Panel title={words.whatCanIAskFor} hint={words.askableHint}>
      {offers.length === 0 ? (
        <Empty title={words.nothingAtTheMoment}>{words.noPolicyLetsYouAsk}</Empty>
      ) : (
        <List label={words.whatICanAskFor}>
          {offers.map((offer) => (
            <OfferRow key={`${offer.policy.id} ${targetWords(offer.target)}`} offer={offer} />
          ))}
        </List>
      )}
    </Panel>
  );
}

function OfferRow({ offer: { target, actions, policy } }: { offer: Offer }) {
  return (
    <li className={classes.grant}>
      <Group justify="space-between" gap="sm">
        <div style={{ flex: "1 1 12rem", minWidth: 0 }}>
          <Target target={target} actions={actions} />
          <Text size="sm" c="dimmed">
            {policy.name}
          </Text>
        </div>
        <LinkButton to="/requests/new" search={prefill(target, actions)} size="xs" variant="light" aria-label={words.askTo(inWords(actions), targetWords(target))}>
          {words.ask}
        </LinkButton>
      </Group>
    </li>
  );
}
