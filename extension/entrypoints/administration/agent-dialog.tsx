import { useState } from 'preact/hooks';
import type { AgentEntry, QueueEntry } from '../../../shared/protocol/administration-api.ts';
import { LIMIT_RANGES } from '../../../shared/protocol/limits.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { changedIn } from './changed-in.ts';
import { modeChoices, readModes } from './mode-words.ts';
import { Choice, Choices, Field, Form } from './pieces.tsx';
import { nameProblem, problemText, typedNumber } from './problem-text.ts';

interface AgentDialogProps {
  agent: AgentEntry;
  queues: readonly QueueEntry[];
  relay: Administering;
  onClose(): void;
}

/** An agent's name, rights and queues, and their invitation once more. */
export function AgentDialog({ agent, queues, relay, onClose }: AgentDialogProps) {
  const t = useT();
  const act = useAct(problemText);
  const mail = useAct(problemText);
  const { email } = agent;
  const [before] = useState({
    name: agent.name,
    modes: agent.modes ?? null,
    customers: agent.customers ?? null,
    administers: agent.administers,
  });
  const [name, setName] = useState(agent.name);
  const [modes, setModes] = useState(agent.modes?.join(',') ?? '');
  const [customers, setCustomers] = useState(String(agent.customers ?? ''));
  const [administers, setAdministers] = useState(agent.administers);
  const [inBefore] = useState<ReadonlySet<string>>(() => new Set(queuesOf(agent, queues).map(({ id }) => id)));
  const [inNow, setInNow] = useState(inBefore);
  const [wrong, setWrong] = useState({ name: '', customers: '' });
  const [mailed, setMailed] = useState(false);
  const [least, most] = LIMIT_RANGES.customersAtOnce;
  const range = t('admin.customersHint', { least, most });
  const submit = async () => {
    const count = customers.trim() === '' ? null : typedNumber(customers);
    const fits = count === null || (Number.isInteger(count) && count >= least && count <= most);
    const found = {
      name: nameProblem(t, name),
      customers: fits ? '' : range,
    };
    setWrong(found);
    act.clear();
    if (found.name || found.customers) return;
    const now = { name, modes: modes ? readModes(modes) : null, customers: count, administers };
    const places = (chosen: ReadonlySet<string>) => Object.fromEntries(queues.map(({ id }) => [id, chosen.has(id)]));
    const change = { ...changedIn(now, before), queues: changedIn(places(inNow), places(inBefore)) };
    if ((await act.run(() => relay.change('agents/set', { email, ...change })))?.ok) onClose();
  };
  return (
    <Dialog title={<bdi>{agent.name}</bdi>} onClose={onClose}>
      <p class="meta wrap-anywhere">{email}</p>
      <Form submit={t('admin.save')} act={act} onSubmit={() => void submit()} onCancel={onClose}>
        <Field label={t('admin.name')} value={name} onValue={setName} problem={wrong.name} />
        <Choice
          label={t('admin.modes')}
          value={modes}
          options={[{ value: '', text: t('admin.asSite') }, ...modeChoices(t)]}
          onValue={setModes}
        />
        <Field
          label={t('admin.customers')}
          value={customers}
          onValue={setCustomers}
          hint={range}
          problem={wrong.customers}
          inputMode="numeric"
        />
        <label class="check">
          <input
            type="checkbox"
            checked={administers}
            onChange={(event) => setAdministers(event.currentTarget.checked)}
          />
          {t('admin.administersCheck')}
        </label>
        {queues.length > 0 && (
          <Choices
            label={t('admin.agentQueues')}
            options={queues.map(({ id, name }) => ({ id, content: <bdi>{name[t.language]}</bdi> }))}
            chosen={inNow}
            onChosen={setInNow}
          />
        )}
      </Form>
      <div class="row wrapping">
        <Button
          kind="quiet"
          class="inline"
          aria-busy={mail.busy}
          onClick={() =>
            void mail.run(() => relay.change('agents/mail', { email })).then((answer) => setMailed(answer?.ok ?? false))
          }
        >
          {t('admin.mailAgain')}
        </Button>
        <span class={mail.problem ? 'problem' : 'soft'} role="status">
          {mail.problem || (mailed ? t('admin.invited', { email }) : '')}
        </span>
      </div>
    </Dialog>
  );
}

export function queuesOf({ id }: AgentEntry, queues: readonly QueueEntry[]): QueueEntry[] {
  return queues.filter(({ members }) => members.includes(id));
}
