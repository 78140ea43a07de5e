import { useState } from 'preact/hooks';
import type { AgentEntry, Overview, QueueEntry } from '../../../shared/protocol/administration-api.ts';
import { EmailAddress } from '../../../shared/protocol/relay-api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Chip } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { WithNames } from '../../../shared/ui/names.tsx';
import { Avatar, NAME_SLOT, PersonName } from '../../../shared/ui/person-name.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { AgentDialog, queuesOf } from './agent-dialog.tsx';
import { Field, Form, RemoveDialog } from './pieces.tsx';
import { nameProblem, problemText } from './problem-text.ts';

interface AgentsProps {
  overview: Overview;
  relay: Administering;
  me: string;
}

/** Who are agents here, and what they may. */
export function AgentsSection({ overview, relay, me }: AgentsProps) {
  const t = useT();
  const [changing, setChanging] = useState<string>();
  const [removing, setRemoving] = useState<string>();
  const of = (email: string | undefined) => overview.agents.find((one) => one.email === email);
  const [changed, gone] = [of(changing), of(removing)];
  return (
    <>
      <Invite relay={relay} />
      <section class="card">
        <h2>{t('admin.list')}</h2>
        <ul class="plain-list administration-list">
          {overview.agents.map((agent) => (
            <AgentItem
              key={agent.email}
              agent={agent}
              queues={queuesOf(agent, overview.queues)}
              self={agent.email === me}
              onChange={() => setChanging(agent.email)}
              onRemove={() => setRemoving(agent.email)}
            />
          ))}
        </ul>
      </section>
      {changed && (
        <AgentDialog agent={changed} queues={overview.queues} relay={relay} onClose={() => setChanging(undefined)} />
      )}
      {gone && (
        <RemoveDialog
          name={gone.name}
          what={t('admin.removeAgentWhat')}
          onRemove={() => relay.change('agents/remove', { email: gone.email })}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function Invite({ relay }: Pick<AgentsProps, 'relay'>) {
  const t = useT();
  const act = useAct(problemText);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [wrong, setWrong] = useState({ name: '', email: '' });
  const [done, setDone] = useState('');
  const submit = async () => {
    const found = {
      name: nameProblem(t, name),
      email: EmailAddress.safeParse(email).success ? '' : t('invite.badAddress'),
    };
    setWrong(found);
    setDone('');
    act.clear();
    if (found.name || found.email) return;
    const answer = await act.run(() => relay.change('agents/invite', { name, email }));
    if (!answer?.ok) return;
    setDone(t('admin.invited', { email: email.trim() }));
    setName('');
    setEmail('');
  };
  return (
    <section class="card">
      <h2>{t('admin.inviteTitle')}</h2>
      <p class="soft">{t('admin.inviteWhat')}</p>
      <Form submit={t('admin.invite')} done={done} act={act} onSubmit={() => void submit()}>
        <div class="administration-pair">
          <Field label={t('admin.name')} value={name} onValue={setName} problem={wrong.name} />
          <Field label={t('invite.address')} value={email} onValue={setEmail} problem={wrong.email} inputMode="email" />
        </div>
      </Form>
    </section>
  );
}

function AgentItem({
  agent,
  queues,
  self,
  onChange,
  onRemove,
}: {
  agent: AgentEntry;
  queues: readonly QueueEntry[]; // they are in
  self: boolean;
  onChange(): void;
  onRemove(): void;
}) {
  const t = useT();
  const { modes, customers, usedAt, browsers } = agent;
  return (
    <li class="row wrapping">
      <Avatar name={agent.name} />
      <div class="grow administration-who">
        <div class="row wrapping">
          <b class="person-of">
            <PersonName name={agent.name} />
          </b>
          {self && <span class="meta">{t('admin.you')}</span>}
          {agent.administers && <Chip tone="on">{t('admin.administers')}</Chip>}
          {modes?.length === 1 && <Chip>{t(modes[0] === 'multi' ? 'mode.multi' : 'mode.single')}</Chip>}
          {customers !== undefined && <Chip>{t('admin.customersChip', { count: customers })}</Chip>}
        </div>
        {queues.length > 0 && (
          <p class="meta wrap-anywhere">
            <WithNames
              t={t}
              text={t('admin.inQueues', { names: NAME_SLOT })}
              names={queues.map(({ name }) => name[t.language])}
              cut={false}
            />
          </p>
        )}
        <p class="meta wrap-anywhere">{agent.email}</p>
        <p class="meta">
          {usedAt === undefined ? t('admin.neverIn') : t('admin.used', { used: new Date(usedAt), browsers })}
        </p>
      </div>
      <div class="row">
        <Button aria-label={t('admin.changeOf', { name: agent.name })} onClick={onChange}>
          {t('admin.change')}
        </Button>
        <Button aria-label={t('admin.removeOf', { name: agent.name })} onClick={onRemove}>
          {t('admin.remove')}
        </Button>
      </div>
    </li>
  );
}
