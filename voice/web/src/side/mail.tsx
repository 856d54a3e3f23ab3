// Mail that matters. Everything a stranger wrote is shown as plain text, never as anything that could act.
import type { JSX } from "preact";
import { loadMail, mail, troubles } from "../day/store";
import type { Mail } from "../shapes";
import { moment } from "../time";
import { Empty, Trouble, Waiting } from "../ui/parts";

const sender = (from: string): string => from.replace(/\s*<[^>]*>\s*$/, "").replace(/^"|"$/g, "") || from;

export function MailThatMatters(): JSX.Element {
  const all = mail.value;
  const trouble = troubles.value["mail"];
  return (
    <section class="block mail" aria-labelledby="mail-title">
      <h2 id="mail-title">Mail that matters{all && all.length > 0 && <span class="count">{all.length}</span>}</h2>
      {trouble && <Trouble what={`I could not read the mail. ${trouble}`} again={loadMail} />}
      {all === null && !trouble && <Waiting rows={4} label="mail" />}
      {all?.length === 0 && <Empty state="empty-mail" say="any important email?" sample>Nothing that needs you.</Empty>}
      <ul>{(all ?? []).map((message) => <Letter key={message.id} message={message} />)}</ul>
    </section>
  );
}

function Letter({ message }: { message: Mail }): JSX.Element {
  return (
    <li data-unread={message.unread}>
      <details>
        <summary>
          <span class="from">{sender(message.from)}{message.unread && <span class="unseen">, unread</span>}</span>
          <time dateTime={message.at}>{moment(message.at)}</time>
          <span class="subject">{message.subject}</span>
          <span class="snippet">{message.snippet}</span>
        </summary>
        <p class="address">{message.from}</p>
        <p class="body">{message.body || message.snippet}</p>
        <p class="say">Say <q>draft a reply to {sender(message.from).split(" ")[0]} saying …</q></p>
      </details>
    </li>
  );
}
