import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

/** A modal dialog: mounted is open. Escape closes it; the browser gives the focus back to where it was. */
export function Dialog({
  title,
  describedBy,
  onClose,
  children,
}: {
  title: ComponentChildren;
  describedBy?: string; // the id of what a screen reader says after the title
  onClose(): void;
  children: ComponentChildren;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="panel dialog"
      aria-labelledby={id}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      // Not `close`: that comes late, when the same dialog may have been asked for again.
      onCancel={(event) => {
        event.preventDefault();
        event.currentTarget.close(); // gives the focus back while it is still there
        onClose();
      }}
    >
      <h2 id={id} class="title">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
