// On a narrow screen the columns become places, one at a time.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { needing } from "../day/store";
import { Icon, type IconName } from "./icons";

export type Tab = "chat" | "today" | "tasks" | "mail";
export const tab = signal<Tab>("chat");

const TABS: [Tab, string, IconName][] = [["chat", "Chat", "chat"], ["today", "Today", "today"], ["tasks", "Tasks", "tasks"], ["mail", "Mail", "mail"]];

export function Tabs(): JSX.Element {
  const count = needing.value;
  return (
    <nav class="tabs" aria-label="Places">
      {TABS.map(([name, text, icon]) => (
        <button type="button" key={name} data-tab={name} aria-current={tab.value === name ? "page" : undefined} onClick={() => (tab.value = name)}>
          <span class="badge-place"><Icon name={icon} size={24} />{name === "tasks" && count > 0 && <span class="badge">{count}</span>}</span>
          <span>{text}</span>{name === "tasks" && count > 0 && <span class="unseen">, {count} need you</span>}
        </button>
      ))}
    </nav>
  );
}
