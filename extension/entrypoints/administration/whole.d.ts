declare module '*.json?whole' {
  const messages: import('../../../shared/locales/messages.ts').Messages;
  export default messages;
}
