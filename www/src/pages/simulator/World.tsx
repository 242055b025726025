import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { OF_MAIL, OF_SERVER, OF_STORE } from "../../simulator/address.ts";
import type { Mischief, Place, Scene } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";
import { BreakMenu } from "./BreakMenu.tsx";
import { countOf } from "./figures.ts";
import classes from "./Simulator.module.css";

interface Props {
  scene: Scene;
  onBreak: (mischief: Mischief, server?: number) => void;
}

/** The store, the servers below it and the mail server below them, with what goes wrong between them. */
export function World({ scene, onBreak }: Props) {
  const isCalm = scene.now >= scene.calmFrom;
  const wrong = (places: readonly Place[], server?: number): string[] =>
    scene.wrong.filter((it) => places.includes(it.place) && (it.server === undefined || it.server === server)).map((it) => it.what);
  return (
    <section className={classes.world} aria-label={words.theWorld}>
      <Node name={words.store} state={storeStateOf(wrong(["store"]))} trouble={wrong(["store"])} menu={<BreakMenu what={words.theStore} choices={OF_STORE} isCalm={isCalm} onBreak={onBreak} />}>
        <b key={scene.version} className={classes.fresh}>
          {words.version(scene.version)}
        </b>
        <span>{words.commandsSent(countOf(scene.commands))}</span>
      </Node>
      <div className={classes.servers}>
        {scene.servers.map(({ version, clockOffset, deaths, sending }, number) => (
          // Servers have no names but their places.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={number} className={classes.column} data-cut={wrong(["store", "line"], number).length > 0} data-dead={version === undefined}>
            <Node
              name={words.serverTitle(number)}
              state={version === undefined ? "dead" : "up"}
              trouble={wrong(["line"], number)}
              menu={<BreakMenu what={words.serverName(number)} choices={OF_SERVER} isCalm={isCalm} onBreak={(mischief) => onBreak(mischief, number)} />}
            >
              <b>{readWords(version, scene.version)}</b>
              <span>{words.clock(offsetOf(clockOffset))}</span>
              <span>
                {words.died(deaths, sending > 0 && words.sends(sending))}
              </span>
            </Node>
          </div>
        ))}
      </div>
      <Node name={words.mailServer} state={storeStateOf(wrong(["mail"]))} trouble={wrong(["mail"])} menu={<BreakMenu what={words.theMailServer} choices={OF_MAIL} isCalm={isCalm} onBreak={onBreak} />}>
        <b>{words.messagesAccepted(countOf(scene.mails))}</b>
      </Node>
      {isCalm && <p className={classes.calm}>{words.calmFromHereOn}</p>}
    </section>
  );
}

interface NodeProps {
  name: string;
  state: "up" | "dead" | "troubled";
  trouble: readonly string[];
  menu: ReactNode;
  children: ReactNode;
}

function Node({ name, state, trouble, menu, children }: NodeProps) {
  return (
    <div className={classes.node} data-state={trouble.length > 0 && state === "up" ? "troubled" : state}>
      <div className={classes.nodeHead}>
        <span>
          {name} <VisuallyHidden>{state === "dead" ? words.isDead : words.isUp}</VisuallyHidden>
        </span>
        {menu}
      </div>
      {children}
      {trouble.map((it) => (
        <em key={it}>{it}</em>
      ))}
    </div>
  );
}

function storeStateOf(trouble: readonly string[]): "up" | "troubled" {
  return trouble.length > 0 ? "troubled" : "up";
}

function offsetOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds === 0) return words.isRight;
  return seconds > 0 ? words.secondsAhead(seconds) : words.secondsBehind(-seconds);
}

function readWords(version: number | undefined, newest: number): string {
  if (version === undefined) return words.startingAgain;
  return version === newest ? words.hasReadAll : words.hasReadUpTo(version);
}
