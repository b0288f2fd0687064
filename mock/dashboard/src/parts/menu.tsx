import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** An entry of a menu. */
export interface MenuItem {
  readonly text: string;
  readonly href: string;
}

/**
 * A button that opens a menu of links (ARIA Authoring Practices, "Menu Button"): arrows, Home and End
 * move, Escape closes and gives the focus back.
 */
export function MenuButton({
  text,
  items,
}: {
  readonly text: string;
  readonly items: readonly MenuItem[];
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Which entry gets the focus when the menu opens. */
  const first = useRef<"first" | "last">("first");
  const id = useId();

  const links = () => Array.from(box.current?.querySelectorAll("a") ?? []);
  useLayoutEffect(() => {
    if (!open) return;
    links()
      .at(first.current === "first" ? 0 : -1)
      ?.focus();
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);

  const openAt = (which: "first" | "last") => {
    first.current = which;
    setOpen(true);
  };
  const onButtonKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    openAt(event.key === "ArrowDown" ? "first" : "last");
  };
  const onMenuKey = (event: KeyboardEvent) => {
    const all = links();
    const at = all.findIndex((link) => link.matches(":focus"));
    const to: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === "Escape") {
      setOpen(false);
      button.current?.focus();
    } else if (event.key === "Tab") {
      setOpen(false);
    } else if (to[event.key] !== undefined) {
      event.preventDefault();
      all[to[event.key] ?? 0]?.focus();
    }
  };

  return (
    <span class="menu" ref={box}>
      <button
        type="button"
        class="menu-button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(open && { "aria-controls": id })}
        onClick={() => (open ? setOpen(false) : openAt("first"))}
        onKeyDown={onButtonKey}
      >
        {text}
        <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6l4 4 4-4" />
        </svg>
      </button>
      {open && (
        <div
          class="menu-items"
          id={id}
          role="menu"
          aria-label={text}
          tabIndex={-1}
          onKeyDown={onMenuKey}
        >
          {items.map(({ text: label, href }) => (
            <a key={href} href={href} role="menuitem" tabIndex={-1} onClick={() => setOpen(false)}>
              {label}
            </a>
          ))}
        </div>
      )}
    </span>
  );
}
