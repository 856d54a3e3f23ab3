// Mail that matters. Everything a stranger wrote is shown as plain text, never as anything that could act.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { get, words } from "../api";
import { loadMail, mail } from "../day/store";
import { digest } from "../digest/store";
import { DigestView, sender } from "../digest/view";
import { troubles } from "../lists";
import { AsOf, WaitingMark } from "../google/marks";
import { notYet } from "../google/sync";
import type { Mail, MailInShort } from "../shapes";
import { moment } from "../time";
import { Apart, Empty, Trouble, Waiting } from "../ui/parts";

export function MailThatMatters(): JSX.Element {
  const all = mail.value;
  const trouble = troubles.value["mail"];
  const told = digest.value?.mails ?? [];
  // What the digest found comes first; of the rest only what is not told of there.
  const others = (all ?? []).filter((message) => !told.some((one) => one.id === message.id));
  const summary = <Apart name="the digest"><DigestView /></Apart>;
  return (
    <section class="block mail" id="mail" tabIndex={-1} aria-labelledby="mail-title">
      <h2 id="mail-title">Mail that matters{told.length + others.length > 0 && <span class="count">{told.length + others.length}</span>}<AsOf kind="mail" empty={all?.length === 0} /></h2>
      {trouble && <Trouble what={`I could not read the mail. ${trouble}`} again={loadMail} />}
      {all === null && !trouble && <Waiting rows={4} label="mail" />}
      {all?.length === 0 && notYet("mail") && <p class="empty" data-state="unread-mail">{notYet("mail")}</p>}
      {all !== null && digest.value !== null && summary}
      {all?.length === 0 && !told.length && !notYet("mail") && <Empty state="empty-mail" say="any important email?" sample>Nothing that needs you.</Empty>}
      {all !== null && digest.value === null && summary}
      <ul class="letters">
        {all !== null && told.map((one) => <Told key={one.id} one={one} known={all.find((message) => message.id === one.id)} />)}
        {others.map((message) => <Letter key={message.id} message={message} />)}
      </ul>
    </section>
  );
}

function Letter({ message, why }: { message: Mail; why?: string }): JSX.Element {
  return (
    <li data-unread={message.unread}>
      <details id={`mail-${message.id}`}>
        <summary>
          <span class="from">{sender(message.from)}{message.unread && <span class="unseen">, unread</span>}{message.pending && <WaitingMark />}</span>
          <time dateTime={message.at}>{moment(message.at)}</time>
          <span class="subject">{message.subject}</span>
          <span class="snippet">{message.snippet}</span>
          {why && <Why>{why}</Why>}
        </summary>
        <Body message={message} />
      </details>
    </li>
  );
}

const Why = ({ children }: { children: string }): JSX.Element => <span class="reason"><span class="unseen">Why: </span>{children}</span>;

function Body({ message }: { message: Mail }): JSX.Element {
  return (
    <>
      <p class="address">{message.from}</p>
      <p class="body">{message.body || message.snippet}</p>
      <p class="say">Say <q>draft a reply to {sender(message.from).split(" ")[0]} saying …</q></p>
    </>
  );
}

// One the digest tells of may have left the list since; it is fetched when it is opened.
function Told({ one, known }: { one: MailInShort & { why: string }; known: Mail | undefined }): JSX.Element {
  const [found, setFound] = useState<Mail | null>(null);
  const [trouble, setTrouble] = useState("");
  if (known) return <Letter message={known} why={one.why} />;
  const open = async (event: Event): Promise<void> => {
    if (!(event.currentTarget as HTMLDetailsElement).open || found) return;
    try {
      setFound(await get<Mail>(`/v1/email/messages/${encodeURIComponent(one.id)}`));
      setTrouble("");
    } catch (problem) {
      setTrouble(words(problem));
    }
  };
  return (
    <li>
      <details id={`mail-${one.id}`} onToggle={open}>
        <summary>
          <span class="from">{sender(one.from)}</span>
          {found && <time dateTime={found.at}>{moment(found.at)}</time>}
          <span class="subject">{one.subject}</span>
          <Why>{one.why}</Why>
        </summary>
        {found ? <Body message={found} /> : <p class="body">{trouble ? `I could not fetch it. ${trouble}` : "Fetching it…"}</p>}
      </details>
    </li>
  );
}
