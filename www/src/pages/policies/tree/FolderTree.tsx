import { Text } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import * as words from "../../../words/pages/policies.tsx";
import { FolderRow } from "./FolderRow.tsx";
import type { Folder } from "./folders.ts";
import classes from "./FolderTree.module.css";
import { keyed, type Row, rowsOf } from "./rows.ts";

/** So many folders are all open at first. */
const FEW = 60;
/** So many rows at most: each asks the engine. */
const MOST = 300;

interface Props {
  folders: readonly Folder[];
  /** For which action it says who governs. */
  action: string;
  selected: Folder | undefined;
  onSelect: (folder: Folder) => void;
}

/** The environments and their folders, each with the policy that governs it. */
export function FolderTree({ folders, action, selected, onSelect }: Props) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState(selected?.key);
  const tree = useRef<HTMLUListElement>(null);
  const isSmall = rowsOf(folders, () => true).length <= FEW;
  // Of many folders those are closed that are neither an environment nor on the way to what is selected.
  const isOpen = (key: string) => (isSmall || key.endsWith("/") || isAbove(key, selected)) !== turned.has(key);
  const all = rowsOf(folders, isOpen);
  const rows = all.slice(0, MOST);
  const toggle = (key: string) => {
    const next = new Set(turned);
    if (!next.delete(key)) next.add(key);
    setTurned(next);
  };
  const press = (event: KeyboardEvent) => {
    const at = rowAt(rows, event.target);
    const row = rows[at];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const isChoice = event.key === "Enter" || event.key === " ";
    const to = keyed(rows, at, event.key);
    if (!isChoice && to === undefined) return;
    event.preventDefault();
    if (isChoice) onSelect(row.folder);
    else if (to === "toggle") toggle(row.folder.key);
    else tree.current?.querySelectorAll<HTMLElement>("[data-key]")[to ?? at]?.focus();
  };
  const click = ({ target }: MouseEvent) => {
    const row = rows[rowAt(rows, target)];
    if (row === undefined) return;
    if (target instanceof Element && target.closest("[data-toggle]") !== null) toggle(row.folder.key);
    else onSelect(row.folder);
  };
  const entry = rows.find(({ folder }) => folder.key === focused) ?? rows.find(({ folder }) => folder.key === selected?.key) ?? rows[0];
  return (
    <>
      <ul ref={tree} role="tree" aria-label={words.folders} className={classes.tree} onKeyDown={press} onClick={click} onFocus={({ target }) => setFocused(target.dataset["key"])}>
        {rows.map((row) => (
          <FolderRow key={row.folder.key} row={row} action={action} selected={row.folder.key === selected?.key} entry={row === entry} />
        ))}
      </ul>
      {all.length > MOST && <Text size="sm" c="dimmed">{words.moreFolders(all.length - MOST)}</Text>}
    </>
  );
}

function isAbove(key: string, selected: Folder | undefined): boolean {
  return selected !== undefined && selected.key !== key && selected.key.startsWith(`${key}/`);
}

function rowAt(rows: readonly Row[], target: EventTarget): number {
  const key = target instanceof Element ? target.closest<HTMLElement>("[data-key]")?.dataset["key"] : undefined;
  return rows.findIndex(({ folder }) => folder.key === key);
}
