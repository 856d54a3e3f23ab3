// A page behind the menu: the way back, its neighbours, its title.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { titled } from "../route";
import { Icon } from "../ui/icons";
import { PAGES } from "../ui/menu";
import { PageLink } from "../ui/parts";

export function Frame({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    titled.value = `${title} · Chronus`;
    heading.current?.focus({ preventScroll: true });
    return () => void (titled.value = "Chronus");
  }, [title]);
  return (
    <div class="page">
      <nav class="beside" aria-label="Pages">
        <PageLink to="/" class="back"><Icon name="back" /> Back to today</PageLink>
        {PAGES.map((page) => <PageLink key={page.to} to={page.to}><Icon name={page.icon} /> {page.name}</PageLink>)}
      </nav>
      <main id="main" class="sheet-of-paper">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </main>
    </div>
  );
}
