/** One mail to one person. `to` is a parsed address, never a header's text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Resolves when the mail has been taken; throws `mail-unreachable` or `mail-refused`. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Throws `mail-unreachable` when no mail could be sent now, whoever it were for. */
  ready(): Promise<void>;
  close(): void;
}
