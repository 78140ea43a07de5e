import { useState } from 'preact/hooks';
import type { Overview } from '../../../shared/protocol/administration-api.ts';
import type { SiteLimits } from '../../../shared/protocol/limits.ts';
import { Language } from '../../../shared/protocol/relay-api.ts';
import { z } from '../../../shared/protocol/schema.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { changedIn } from './changed-in.ts';
import { modeChoices, readModes } from './mode-words.ts';
import { Choice, Field, Form } from './pieces.tsx';
import { nameProblem, problemText } from './problem-text.ts';

/** What customers read of the desk, and what its agents may do at all. */
export function DeskSection({ overview, relay }: { overview: Overview; relay: Administering }) {
  const t = useT();
  const act = useAct(problemText);
  const { settings, given } = overview;
  const [name, setName] = useState(settings.deskName);
  const [languages, setLanguages] = useState(settings.languages.join(','));
  const [modes, setModes] = useState(settings.modes.join(','));
  const [offerLapsed, setLapsed] = useState(settings.offerLapsed);
  const [offerMissed, setMissed] = useState(settings.offerMissed);
  const asSet = () => ({
    deskName: unlessGiven(name.trim(), given.deskName),
    languages: unlessGiven(
      languages.split(',').flatMap((one) => z.safeParse(Language, one).data ?? []),
      given.languages,
    ),
    modes: unlessGiven(readModes(modes), given.modes),
    offerLapsed: unlessGiven(offerLapsed, given.offerLapsed),
    offerMissed: unlessGiven(offerMissed, given.offerMissed),
  });
  const [saved, setSaved] = useState(asSet);
  const [wrong, setWrong] = useState('');
  const [done, setDone] = useState(false);
  const submit = async () => {
    const found = nameProblem(t, name);
    setWrong(found);
    setDone(false);
    act.clear();
    if (found) return;
    const now = asSet();
    const saves = (await act.run(() => relay.change('settings', changedIn(now, saved))))?.ok ?? false;
    if (saves) setSaved(now);
    setDone(saves);
  };
  return (
    <section class="card">
      <h2>{t('admin.desk')}</h2>
      <Form submit={t('admin.save')} done={done ? t('admin.saved') : ''} act={act} onSubmit={() => void submit()}>
        <Field
          label={t('admin.deskName')}
          value={name}
          onValue={setName}
          hint={t('admin.deskNameHint')}
          problem={wrong}
        />
        <Choice
          label={t('admin.languages')}
          value={languages}
          options={[
            { value: 'en,nl', text: t('admin.bothEn') },
            { value: 'nl,en', text: t('admin.bothNl') },
            { value: 'en', text: t('admin.onlyEn') },
            { value: 'nl', text: t('admin.onlyNl') },
          ]}
          onValue={setLanguages}
        />
        <Choice label={t('admin.siteModes')} value={modes} options={modeChoices(t)} onValue={setModes} />
        <Choice<SiteLimits['offerLapsed']>
          label={t('admin.lapsed')}
          value={offerLapsed}
          options={[
            { value: 'back', text: t('admin.lapsedBack') },
            { value: 'queue', text: t('admin.lapsedQueue') },
            { value: 'end', text: t('admin.lapsedEnd') },
          ]}
          onValue={setLapsed}
        />
        <Choice<SiteLimits['offerMissed']>
          label={t('admin.missed')}
          value={offerMissed}
          options={[
            { value: 'away', text: t('admin.missedAway') },
            { value: 'stay', text: t('admin.missedStay') },
          ]}
          onValue={setMissed}
        />
      </Form>
    </section>
  );
}

/** Null: as the environment says, also when that is changed. */
function unlessGiven<Value>(value: Value, given: Value): Value | null {
  return JSON.stringify(value) === JSON.stringify(given) ? null : value;
}
