import type { RefObject } from 'preact';
import { may } from '../../../shared/protocol/permissions.ts';
import { formatSessionNumber } from '../../../shared/protocol/session-number.ts';
import { IconButton } from '../../../shared/ui/button.tsx';
import { CopyButton } from '../../../shared/ui/copy-button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { BarButton } from './bar-button.tsx';
import type { OpenPanel } from './bar-panel.tsx';
import type { BarProps } from './bar-view.tsx';
import { Grip } from './grip.tsx';
import { here } from './here.ts';

interface BarRowProps extends BarProps {
  open: OpenPanel | undefined;
  onToggle(panel: OpenPanel): void;
  opener: RefObject<HTMLButtonElement | null>; // who gets the focus back
}

export function BarRow(props: BarRowProps) {
  const { session, send, grip, compact, open, onToggle, opener, onDashboard, onCollapsed } = props;
  const t = useT();
  const running = session.phase !== 'ended';
  const number = formatSessionNumber(session.number);
  const people = here(session);
  const { screen, call } = session.activities;
  const ongoing = call.now;
  const recording = session.activities.recording.now;
  const about = { session: session.id };
  const isOpen = (panel: OpenPanel) =>
    open === panel || (panel === 'session' && (open === 'end' || open === 'transfer'));
  const toggle = (panel: OpenPanel) => ({
    compact,
    open: isOpen(panel),
    onPress: () => onToggle(panel),
    buttonRef: (button: HTMLButtonElement | null) => {
      if (button && isOpen(panel)) opener.current = button;
    },
  });
  return (
    <section class="bar panel" aria-label={t('bar.name')}>
      <Grip grip={grip} />
      <span class="number bar-number" title={t('word.sessionNumber')}>
        {number}
      </span>
      <CopyButton small text={number} label={t('number.copy')} />
      <span class="bar-line" />
      {running && may(session.role, 'invite') && (
        <BarButton {...toggle('invite')} icon="invite" label={t('panel.invite')} />
      )}
      <BarButton
        {...toggle('participants')}
        icon="users"
        label={t('panel.participants')}
        title={t('bar.people', { count: people })}
        count={people}
      />
      <BarButton
        {...toggle('chat')}
        icon="chat"
        label={t('panel.chat')}
        title={t('bar.unread', { count: session.chat.unread })}
        count={session.chat.unread}
        wanted
      />
      {running && screen.mine && (
        <BarButton
          compact={compact}
          icon="screen off"
          stop
          label={t('screen.stop')}
          onPress={() => void send({ type: 'screen.stop', ...about })}
        />
      )}
      {running && !screen.mine && screen.mayShare && (
        <BarButton compact={compact} icon="screen" label={t('bar.share')} onPress={() => props.onPress('share')} />
      )}
      {running && call.mayCall && !call.now && people > 1 && (
        <>
          <BarButton compact={compact} icon="phone" label={t('bar.call')} onPress={() => props.onPress('call')} />
          <BarButton compact={compact} icon="camera" label={t('bar.video')} onPress={() => props.onPress('video')} />
        </>
      )}
      {running && ongoing?.mine && (
        <>
          <BarButton
            compact={compact}
            icon={ongoing.mine.mic ? 'mic' : 'mic off'}
            label={ongoing.mine.mic ? t('call.mute') : t('call.unmute')}
            onPress={() => void send({ type: 'call.mic', ...about, id: ongoing.id, on: !ongoing.mine?.mic })}
          />
          <BarButton
            compact={compact}
            icon="phone off"
            stop
            label={session.role === 'primary' ? t('call.hangUp') : t('call.leave')}
            onPress={() => void send({ type: 'call.hangUp', ...about, id: ongoing.id })}
          />
        </>
      )}
      {running && recording && recording.is !== 'asked' && (
        <BarButton
          compact={compact}
          icon="record"
          stop
          label={t('recording.stop')}
          title={recording.is === 'on' ? t('recording.on') : t('recording.paused')}
          onPress={() => void send({ type: 'recording.stop', ...about, id: recording.id })}
        />
      )}
      {running && <BarButton {...toggle('session')} icon="clock" label={t('word.session')} menu />}
      <span class="bar-line" />
      <IconButton icon="dashboard" label={t('bar.dashboard')} onClick={onDashboard} />
      <IconButton icon="minus" label={t('bar.collapse')} onClick={() => onCollapsed(true)} />
    </section>
  );
}
