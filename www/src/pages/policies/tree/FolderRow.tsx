import { Icon } from "../../../components/icons.tsx";
import { counted } from "../../../words/lists.ts";
import * as words from "../../../words/pages/policies.tsx";
import classes from "./FolderTree.module.css";
import type { Row } from "./rows.ts";
import { splitWords, useGovernance } from "./useGovernance.ts";

interface Props {
  row: Row;
  action: string;
  selected: boolean;
  /** Whether the keyboard enters the tree here. */
  entry: boolean;
}

/** A folder, and which policy governs it; the tree around it is what hears clicks and keys. */
export function FolderRow({ row: { folder, parent, level, place, siblings, expanded }, action, selected, entry }: Props) {
  const governance = useGovernance(folder, action);
  const around = useGovernance(parent ?? folder, action);
  const isSame = parent !== undefined && governance?.policy?.id === around?.policy?.id;
  const split = governance && splitWords(governance);
  return (
    <li
      role="treeitem"
      className={classes.row}
      style={{ paddingLeft: `${0.2 + (level - 1) * 1.1}rem` }}
      data-key={folder.key}
      tabIndex={entry ? 0 : -1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={selected}
      {...(expanded === undefined ? {} : { "aria-expanded": expanded })}
    >
      <span className={classes.toggle} data-toggle={expanded}>
        {expanded !== undefined && <Icon name="down" size={16} />}
      </span>
      <span className={level === 1 ? classes.environment : "code"}>{folder.name}</span>
      <span className={classes.governed} data-quiet={isSame || governance?.policy === undefined}>
        {governance?.policy === undefined ? words.noPolicyForAll : `${governance.policy.name}, ${counted(governance.steps.length, "step")}`}
        {split !== undefined && <span className={classes.split}>{split}</span>}
      </span>
    </li>
  );
}
