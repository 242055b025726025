import type { PermissionId, PermissionView } from "access-engine";
import { type Answer, abilityOf, useAnswer } from "./ask.ts";
import type { Ability } from "./ability.ts";
import { useOnce } from "./once.ts";
import { every, type Part } from "./pages.ts";

/** Whether the visitor may make, change and delete permissions. */
export function useManagePermissions(): Ability {
  return abilityOf(useAnswer(["manage permissions"], (engine, actor, now) => engine.permissions(actor, { limit: 1 }, now)), ({ manage }) => manage);
}

/** All standing permissions that the visitor may see. */
export function useEveryPermission(): Answer<readonly PermissionView[]> {
  return useOnce("every permission", (engine, actor, now) => every((part: Part<PermissionId>) => engine.permissions(actor, part, now)));
}
