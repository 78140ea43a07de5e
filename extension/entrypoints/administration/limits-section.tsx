import { useId, useState } from 'preact/hooks';
import type { T } from '../../../shared/locales/messages.ts';
import type { LimitName, Overview } from '../../../shared/protocol/administration-api.ts';
import { LIMIT_RANGES } from '../../../shared/protocol/limits.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { LIMIT_GROUPS, LIMIT_WORDS, unitOf } from './limit-words.ts';
import { Form } from './pieces.tsx';
import { problemText, typedNumber } from './problem-text.ts';

interface LimitsProps {
  overview: Overview;
  relay: Administering;
}

/** Limits and times; they count at once. */
export function LimitsSection(props: LimitsProps) {
  return (
    <>
      {LIMIT_GROUPS.map((group) => (
        <Group key={group.title} {...props} {...group} />
      ))}
    </>
  );
}

function Group({ overview, relay, title, limits }: LimitsProps & (typeof LIMIT_GROUPS)[number]) {
  const t = useT();
  const act = useAct(problemText);
  const [typed, setTyped] = useState<Partial<Record<LimitName, string>>>({});
  const [done, setDone] = useState(false);
  const [checked, setChecked] = useState(false);
  const shown = (limit: LimitName) => typed[limit] ?? String(overview.settings.limits[limit] / unitOf(limit).size);
  const fits = (limit: LimitName) => {
    const value = typedNumber(shown(limit)) * unitOf(limit).size;
    const [least, most] = LIMIT_RANGES[limit];
    // What the environment says may be beyond what can be set here.
    return typed[limit] === undefined || (Number.isInteger(value) && value >= least && value <= most);
  };
  const submit = async () => {
    setDone(false);
    setChecked(true);
    act.clear();
    if (!limits.every(fits)) return;
    const changed = limits.filter((limit) => typed[limit] !== undefined);
    const change = Object.fromEntries(
      changed.map((limit) => {
        const value = typedNumber(shown(limit)) * unitOf(limit).size;
        return [limit, value === overview.given.limits[limit] ? null : value];
      }),
    );
    if (!(await act.run(() => relay.change('settings', { limits: change })))?.ok) return;
    setTyped({});
    setDone(true);
  };
  return (
    <section class="card">
      <h2>{t(title)}</h2>
      <Form submit={t('admin.save')} done={done ? t('admin.saved') : ''} act={act} onSubmit={() => void submit()}>
        <div class="administration-limits">
          {limits.map((limit) => (
            <Limit
              key={limit}
              limit={limit}
              value={shown(limit)}
              given={overview.given.limits[limit]}
              wrong={checked && !fits(limit)}
              onValue={(value) => {
                setDone(false);
                setTyped({ ...typed, [limit]: value });
              }}
            />
          ))}
        </div>
      </Form>
    </section>
  );
}

function Limit({
  limit,
  value,
  given,
  wrong,
  onValue,
}: {
  limit: LimitName;
  value: string;
  given: number;
  wrong: boolean;
  onValue(value: string): void;
}) {
  const t = useT();
  const id = useId();
  const { unit, size } = unitOf(limit);
  const [least, most] = LIMIT_RANGES[limit].map((one) => one / size);
  const isGiven = Number(value) * size === given;
  return (
    <div class="administration-limit">
      <label for={id}>{t(LIMIT_WORDS[limit])}</label>
      <span class="row">
        <input
          id={id}
          class="field administration-number"
          inputMode="numeric"
          autocomplete="off"
          value={value}
          aria-invalid={wrong}
          aria-describedby={`${id}-line`}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {unit && <span class="soft">{t(unit)}</span>}
        {unit === 'admin.seconds' && <span class="meta">{timeText(t, Number(value))}</span>}
      </span>
      <p id={`${id}-line`} class={wrong ? 'meta problem' : 'meta'} aria-live="polite">
        {t('admin.limitRange', { least: least ?? 0, most: most ?? 0 })}{' '}
        {!isGiven && t('admin.limitGiven', { given: given / size })}
      </p>
    </div>
  );
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `= 10 minutes`; empty for what is best said in seconds. */
function timeText(t: T, seconds: number): string {
  const found = UNITS.find(([, size]) => seconds >= size && seconds % size === 0);
  if (!found) return '';
  const [unit, size] = found;
  const format = new Intl.NumberFormat(t.language, { style: 'unit', unit, unitDisplay: 'long' });
  return `= ${format.format(seconds / size)}`;
}
