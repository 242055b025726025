import type { Folder } from "./folders.ts";

/** A folder that is in sight. */
export interface Row {
  readonly folder: Folder;
  /** What it is in; absent of an environment. */
  readonly parent?: Folder;
  readonly level: number;
  /** Its place among so many siblings, counted from 1. */
  readonly place: number;
  readonly siblings: number;
  /** Absent where nothing is below it. */
  readonly expanded?: boolean;
}

/** The folders in sight, from top to bottom. */
export function rowsOf(folders: readonly Folder[], isOpen: (key: string) => boolean, level = 1, parent?: Folder): Row[] {
  return folders.flatMap((folder, index) => {
    const row = { folder, ...(parent && { parent }), level, place: index + 1, siblings: folders.length };
    if (folder.below.length === 0) return [row];
    const expanded = isOpen(folder.key);
    return [{ ...row, expanded }, ...(expanded ? rowsOf(folder.below, isOpen, level + 1, folder) : [])];
  });
}

/** Where a key leads from a row, as the pattern of a tree has it; or that the row is to be opened or closed. */
export function keyed(rows: readonly Row[], at: number, key: string): number | "toggle" | undefined {
  const row = rows[at];
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, rows.length - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "ArrowRight":
      if (row?.expanded === false) return "toggle";
      return row?.expanded ? at + 1 : at;
    case "ArrowLeft":
      if (row?.expanded) return "toggle";
      return Math.max(0, rows.findLastIndex((it, index) => index < at && it.level === (row?.level ?? 1) - 1));
    default:
      return undefined;
  }
}
