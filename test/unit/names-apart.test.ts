import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import en from '../../shared/locales/en.json' with { type: 'json' };
import { createT } from '../../shared/locales/messages.ts';
import type { ChatItem } from '../../shared/session/view.ts';
import { ChatItemView } from '../../shared/ui/chat-item.tsx';
import { Language } from '../../shared/ui/i18n.ts';

test('JO5 of two names in a line each is set apart from the writing direction around it', () => {
  const item: ChatItem = { kind: 'event', id: '1', at: 0, what: 'handed over', name: 'Ann', to: 'עדי' };
  const shown = renderToString(h(Language.Provider, { value: createT('en', en) }, h(ChatItemView, { item })));
  expect(shown).toContain('<bdi>Ann</bdi> handed over to <bdi>עדי</bdi> ·');
});
