import { Select, Stack } from "@mantine/core";
import { useDeferredValue, useEffect, useMemo } from "react";
import { Columns } from "../../components/Columns.tsx";
import { Empty } from "../../components/Empty.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useKnown } from "../../state/folders.ts";
import { useManage } from "../../state/policies.ts";
import * as words from "../../words/pages/policies.tsx";
import { FolderPanel } from "./tree/FolderPanel.tsx";
import { type Folder, foldersOf } from "./tree/folders.ts";
import { FolderTree } from "./tree/FolderTree.tsx";

/** Which folder is looked at, and for which action. */
export interface FolderSearch {
  folder?: string;
  action?: string;
}

const NONE: readonly Folder[] = [];

/** The folders that the engine knows of, with who governs them, and beside them the one that is chosen. */
export function FolderView({ search, change }: { search: FolderSearch; change: (change: FolderSearch) => void }) {
  const { targets, actions } = useKnown();
  const manage = useManage();
  const all = useMemo(() => foldersOf(targets), [targets]);
  // Each row asks the engine, which is told of much where much is below: they are drawn while other things go on.
  const folders = useDeferredValue(all, NONE);
  const action = search.action ?? actions[0] ?? "read";
  const selected = found(folders, search.folder) ?? folders[0];
  const isAskedFor = selected !== undefined && selected.key === search.folder;
  useEffect(() => {
    if (isAskedFor) requestAnimationFrame(show);
  }, [isAskedFor]);
  if (selected === undefined) {
    if (all.length > 0) return null;
    return <Empty title={words.noPolicies}>{manage.allowed ? words.makeTheFirstOne : words.anAdministratorCanMakeIt}</Empty>;
  }
  const select = (folder: Folder) => {
    change({ folder: folder.key });
    requestAnimationFrame(show);
  };
  return (
    <Columns
      sticky
      main={
        <Panel title={words.folders} hint={words.foldersHint}>
          <Stack gap="sm">
            {actions.length > 1 && (
              <Select label={words.actions} maw={220} data={[...actions]} value={action} onChange={(value) => change({ action: value ?? undefined })} allowDeselect={false} />
            )}
            <FolderTree folders={folders} action={action} selected={selected} onSelect={select} />
          </Stack>
        </Panel>
      }
      side={
        <div id="folder">
          <FolderPanel folder={selected} action={action} />
        </div>
      }
    />
  );
}

/** Where there is one column, what was chosen is shown below the tree. */
function show(): void {
  document.querySelector("#folder")?.scrollIntoView({ block: "nearest" });
}

function found(folders: readonly Folder[], key: string | undefined): Folder | undefined {
  for (const folder of folders) {
    const here = folder.key === key ? folder : found(folder.below, key);
    if (here !== undefined) return here;
  }
  return undefined;
}
