import { useState } from 'preact/hooks';
import type { Overview, QueueEntry } from '../../../shared/protocol/administration-api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { PersonName } from '../../../shared/ui/person-name.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { changedIn } from './changed-in.ts';
import { Choices, Field, Form, RemoveDialog } from './pieces.tsx';
import { nameProblem, problemText } from './problem-text.ts';

interface QueuesProps {
  overview: Overview;
  relay: Administering;
}

/** Queues: their names, and who is in them. */
export function QueuesSection({ overview, relay }: QueuesProps) {
  const t = useT();
  const { queues } = overview;
  const [changing, setChanging] = useState<string>();
  const [removing, setRemoving] = useState<string>();
  const of = (id: string | undefined) => queues.find((one) => one.id === id);
  const [changed, gone] = [of(changing), of(removing)];
  return (
    <>
      <section class="card">
        <h2>{t('admin.queues')}</h2>
        <p class="soft">{queues.length === 0 ? t('admin.queueNone') : t('admin.queueWhat')}</p>
        <ul class="plain-list administration-list">
          {queues.map((queue) => (
            <QueueItem
              key={queue.id}
              queue={queue}
              onChange={() => setChanging(queue.id)}
              onRemove={() => setRemoving(queue.id)}
            />
          ))}
        </ul>
      </section>
      <NewQueue relay={relay} />
      {changed && (
        <QueueDialog overview={overview} relay={relay} queue={changed} onClose={() => setChanging(undefined)} />
      )}
      {gone && (
        <RemoveDialog
          name={gone.name[t.language]}
          what={t('admin.queueRemoveWhat', { lapsed: overview.settings.offerLapsed })}
          onRemove={() => relay.change('queues/remove', { id: gone.id })}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function QueueItem({ queue, onChange, onRemove }: { queue: QueueEntry; onChange(): void; onRemove(): void }) {
  const t = useT();
  const [own, other] = t.language === 'en' ? (['en', 'nl'] as const) : (['nl', 'en'] as const);
  return (
    <li class="row wrapping">
      <div class="grow administration-who">
        <b class="person-of">
          <PersonName name={queue.name[own]} />
        </b>
        <p class="meta wrap-anywhere">
          <bdi lang={other}>{queue.name[other]}</bdi>
          {' · '}
          {t('admin.queueCount', { count: queue.members.length })}
        </p>
      </div>
      <div class="row">
        <Button aria-label={t('admin.changeOf', { name: queue.name[own] })} onClick={onChange}>
          {t('admin.change')}
        </Button>
        <Button aria-label={t('admin.removeOf', { name: queue.name[own] })} onClick={onRemove}>
          {t('admin.remove')}
        </Button>
      </div>
    </li>
  );
}

interface Names {
  en: string;
  nl: string;
}

/** Both names as they are typed; with `check`, whether they may be. */
function useNames(start: Names) {
  const t = useT();
  const [names, setNames] = useState(start);
  const [wrong, setWrong] = useState({ en: '', nl: '' });
  const judged = (name: string) => nameProblem(t, name);
  return {
    names,
    setNames,
    check() {
      const found = { en: judged(names.en), nl: judged(names.nl) };
      setWrong(found);
      return !found.en && !found.nl;
    },
    fields: (
      <div class="administration-pair">
        <Field
          label={t('admin.queueEn')}
          value={names.en}
          onValue={(en) => setNames({ ...names, en })}
          problem={wrong.en}
        />
        <Field
          label={t('admin.queueNl')}
          value={names.nl}
          onValue={(nl) => setNames({ ...names, nl })}
          problem={wrong.nl}
        />
      </div>
    ),
  };
}

function NewQueue({ relay }: Pick<QueuesProps, 'relay'>) {
  const t = useT();
  const act = useAct(problemText);
  const { names, setNames, check, fields } = useNames({ en: '', nl: '' });
  const [added, setAdded] = useState('');
  const isEmpty = names.en === '' && names.nl === '';
  const submit = async () => {
    if (act.busy || (added && isEmpty)) return; // Enter once more: nothing is wrong with what was emptied here
    act.clear();
    setAdded('');
    if (!check()) return;
    if (!(await act.run(() => relay.change('queues/add', { name: names })))?.ok) return;
    setNames({ en: '', nl: '' });
    setAdded(names[t.language]);
  };
  return (
    <section class="card">
      <h2>{t('admin.queueAdd')}</h2>
      <Form
        submit={t('admin.queueCreate')}
        done={added && isEmpty ? t('admin.queueAdded', { name: added }) : ''}
        act={act}
        onSubmit={() => void submit()}
      >
        {fields}
      </Form>
    </section>
  );
}

function QueueDialog({ overview, relay, queue, onClose }: QueuesProps & { queue: QueueEntry; onClose(): void }) {
  const t = useT();
  const act = useAct(problemText);
  const { names, check, fields } = useNames(queue.name);
  const [before] = useState(queue);
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set(queue.members));
  const submit = async () => {
    act.clear();
    if (!check()) return;
    // Onto those who are in it by now: whoever else came or went meanwhile stays so.
    const kept = queue.members.filter((one) => members.has(one) || !before.members.includes(one));
    const added = [...members].filter((one) => !before.members.includes(one));
    const now = { name: names, members: [...new Set([...kept, ...added])] };
    const change = changedIn(now, { name: before.name, members: queue.members });
    if ((await act.run(() => relay.change('queues/set', { id: queue.id, ...change })))?.ok) onClose();
  };
  return (
    <Dialog title={<bdi>{queue.name[t.language]}</bdi>} onClose={onClose}>
      <Form submit={t('admin.save')} act={act} onSubmit={() => void submit()} onCancel={onClose}>
        {fields}
        <Choices
          label={t('admin.queueMembers')}
          options={overview.agents.map(({ id, name, email }) => ({
            id,
            content: (
              <>
                <bdi>{name}</bdi> <span class="meta">{email}</span>
              </>
            ),
          }))}
          chosen={members}
          onChosen={setMembers}
        />
      </Form>
    </Dialog>
  );
}
