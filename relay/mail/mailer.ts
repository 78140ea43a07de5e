/** One mail to one person. `to` is a parsed address, never a header's text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Where mails go. */
export interface Mailer {
  /** Resolves when the mail has been taken, to what the server said; throws `mail-unreachable` or `mail-refused`. */
  send(mail: Mail): Promise<string>;
  /** Throws `mail-unreachable` when no mail could be sent now, whoever it were for. */
  ready(): Promise<void>;
  close(): void;
}
