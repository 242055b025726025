import { Text } from "@mantine/core";
import type { AccessError, GrantView } from "access-engine";
import { Callout } from "../../components/Callout.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { counted, inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/access.tsx";
import { refusalWords } from "../../words/refusals.ts";
import { targetWords } from "../../words/target.ts";

/** What became of several revocations: how many were carried out, and which were not. */
export interface Revocations {
  readonly revoked: number;
  readonly refused: readonly { readonly grant: GrantView; readonly error: AccessError }[];
}

export function Revoked({ revocations: { revoked, refused } }: { revocations: Revocations }) {
  const failed = refused.filter(({ error }) => error.code !== "grant_ended");
  const isDone = failed.length === 0;
  const title = words.countRevoked(counted(revoked, "grant"), isDone ? "" : words.andRefused(failed.length));
  return (
    <Callout alert tone={isDone ? "yes" : "no"} icon={isDone ? "check" : "cross"} title={title}>
      {failed.length < refused.length && <Text size="sm">{words.hadEnded(counted(refused.length - failed.length, "other grant"))}</Text>}
      {failed.map(({ grant, error }) => (
        <Text key={grant.id} size="sm">
          {`${grant.holder.name}, ${inWords(grant.actions)} ${targetWords(grant.target)}: `}
          <Sentence clause={refusalWords(error)} />
        </Text>
      ))}
    </Callout>
  );
}
