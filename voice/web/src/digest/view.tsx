// The digest over the mail: a sentence, and what the mails ask for, each with its words and the mail as witness.
import type { JSX } from "preact";
import { troubles } from "../lists";
import { me } from "../day/store";
import { notYet } from "../google/sync";
import { follow } from "../news/places";
import type { DigestItem } from "../shapes";
import { moment, nearDay } from "../time";
import { Trouble } from "../ui/parts";
import { acceptAll, decide, decided, digest, loadDigest, proposed, readBadly, readNow, reading, takeBack } from "./store";

export const sender = (from: string): string => from.replace(/\s*<[^>]*>\s*$/, "").replace(/^"|"$/g, "") || from;
const inSentence = (day: string): string => (["Today", "Tomorrow", "Yesterday"].includes(day) ? day.toLowerCase() : day);

export function DigestView(): JSX.Element | null {
  const told = digest.value;
  const trouble = troubles.value["digest"];
  if (trouble) return <Trouble what={`I could not read the digest. ${trouble} Your mail is as it was.`} again={loadDigest} />;
  if (told === undefined) return null;
  if (told === null) return <NotYet />;
  const shown = told.items.filter((item) => item.state === "proposed" || item.state === "added" || decided.value.includes(item.id));
  return (
    <div class="digest" id="digest" tabIndex={-1} data-state={shown.length ? "proposed" : "read"}>
      <p class="says">{told.say}</p>
      <p class="read-at">Read {inSentence(moment(told.written_at))} <Again>Read it again</Again></p>
      {readBadly.value && <p class="trouble" role="alert">I could not read your mail. {readBadly.value} What is here is from before.</p>}
      {shown.length > 0 && (
        <>
          <header>
            <h3 id="asked-title">They ask of you</h3>
            {proposed.value.length > 1 && <button type="button" class="link" aria-label={`Add all ${proposed.value.length} to my tasks`} onClick={acceptAll}>Add all {proposed.value.length}</button>}
          </header>
          <ul class="asked" aria-labelledby="asked-title">{shown.map((item) => <Asked key={item.id} item={item} />)}</ul>
        </>
      )}
    </div>
  );
}

function NotYet(): JSX.Element | null {
  if (notYet("mail")) return null;
  const at = (me.value?.digest_time ?? "").slice(0, 5);
  return (
    <div class="digest" id="digest" tabIndex={-1} data-state="no-digest">
      <p class="nothing">{at ? `I go through it at ${at}.` : "I have not gone through it today."}</p>
      {readBadly.value && <p class="trouble" role="alert">I could not read your mail. {readBadly.value} Nothing was changed.</p>}
      <div class="answers"><Again plain>Read my mail now</Again></div>
    </div>
  );
}

function Again({ children, plain = false }: { children: string; plain?: boolean }): JSX.Element {
  return <button type="button" class={plain ? "quiet" : "link"} disabled={reading.value} onClick={readNow}>{reading.value ? "Reading…" : children}</button>;
}

function Asked({ item }: { item: DigestItem }): JSX.Element {
  const name = `asked-${item.id}`;
  return (
    <li>
      <div role="group" class="ask-of" data-state={item.state} aria-labelledby={name}>
        <p id={name} class="what">{item.text}{item.due && <small class="due">{nearDay(item.due)}</small>}</p>
        {item.state === "proposed" && (
          <blockquote>
            <p>{item.quote}</p>
            <button type="button" class="link" onClick={() => follow(`/#mail-${item.mail.id}`)}>{sender(item.mail.from)}: {item.mail.subject || "no subject"}</button>
          </blockquote>
        )}
        <div class="answers">
          {item.state === "proposed" && (
            <>
              <button type="button" class="quiet" aria-describedby={name} onClick={() => decide(item, "accept")}>Add to my tasks</button>
              <button type="button" class="link" aria-describedby={name} onClick={() => decide(item, "dismiss")}>Dismiss</button>
            </>
          )}
          {(item.state === "accepted" || item.state === "added") && <><span class="came-of">{item.state === "added" ? "I put it in your tasks" : "In your tasks"}</span>{item.task_id && <button type="button" class="link" aria-describedby={name} onClick={() => takeBack(item)}>Undo</button>}</>}
          {item.state === "dismissed" && <><span class="came-of">Dismissed</span><button type="button" class="link" aria-describedby={name} onClick={() => decide(item, "accept")}>Add it after all</button></>}
        </div>
      </div>
    </li>
  );
}
