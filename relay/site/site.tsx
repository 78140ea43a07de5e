import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Language } from '../../shared/protocol/relay-api.ts';
import { useT } from '../../shared/ui/i18n.ts';
import type { Device } from './device.ts';
import { EndedPage } from './ended-page.tsx';
import { InsecurePage, NoConnectionPage } from './insecure.tsx';
import { InvitationPage } from './invitation-page.tsx';
import { ElsewherePage, OverPage, RefusedPage, ReportedPage, StartingPage } from './notes.tsx';
import { NumberPage } from './number-page.tsx';
import { Header } from './shell.tsx';
import { SupportPage } from './support-page.tsx';
import type { Visitor } from './visitor.ts';
import { WaitingPage } from './waiting-page.tsx';

export interface SiteProps {
  visitor: Visitor;
  device: Device;
  onLanguage(language: Language): void;
}

/** Draws where the visit is. */
export function Site(props: SiteProps) {
  const { visitor, onLanguage } = props;
  const t = useT();
  const visit = visitor.visit.value;
  const desk = visitor.desk.value?.name ?? '';
  const plain = useComputed(() => visitor.visit.value.is !== 'session').value;
  useEffect(() => {
    document.documentElement.lang = t.language;
    if (plain) document.title = desk ? t('site.title', { desk }) : t('site.titleNoDesk');
  }, [t, plain, desk]);
  if (visit.is === 'session') {
    const { conversation } = visit;
    return conversation.draw({ desk, onLanguage });
  }
  return (
    <>
      <Header desk={desk} here={visit.is === 'support' ? 'support' : 'join'} onLanguage={onLanguage} />
      <Page {...props} key={visit.is} desk={desk} />
    </>
  );
}

function Page({ visitor, device, desk }: SiteProps & { desk: string }) {
  const visit = visitor.visit.value;
  const typed = { name: visitor.name.value, onName: (name: string) => (visitor.name.value = name) };
  if (!device.webrtc && (visit.is === 'number' || visit.is === 'invitation')) return <NoConnectionPage />;
  switch (visit.is) {
    case 'insecure':
      return <InsecurePage safe={safeAddress(visitor.desk.value?.url)} />;
    case 'support':
      return <SupportPage link={visit.link} />;
    case 'starting':
      return <StartingPage trouble={visit.trouble} />;
    case 'over':
      return <OverPage why={visit.why} />;
    case 'number':
      return (
        <NumberPage
          {...typed}
          desk={desk}
          device={device}
          number={visitor.number.value}
          onNumber={(number) => (visitor.number.value = number)}
          joining={visit.joining}
          onJoin={() => void visitor.join()}
          onLink={(path) => location.assign(path)}
        />
      );
    case 'invitation':
      return (
        <InvitationPage
          {...typed}
          invitation={visit.invitation}
          device={device}
          joining={visit.joining}
          onJoin={() => void visitor.join()}
          reporting={visit.reporting}
          onReporting={(reporting) => visitor.reporting(reporting)}
          onReport={() => void visitor.report()}
        />
      );
    case 'reported':
      return <ReportedPage />;
    case 'waiting':
      return (
        <WaitingPage desk={desk} since={visit.since} trouble={visit.trouble} onLeave={() => visitor.stopWaiting()} />
      );
    case 'refused':
      return <RefusedPage onAgain={() => void visitor.again()} />;
    case 'elsewhere':
      return <ElsewherePage asking={visit.asking} onUseHere={() => void visitor.useHere()} />;
    case 'ended':
      return <EndedPage ended={visit.ended} received={visit.received} desk={desk} />;
    case 'session':
      return null;
    default:
      return visit satisfies never;
  }
}

/** This very page on the desk's own address, when that is one where it works. */
function safeAddress(deskUrl: string | undefined): string | undefined {
  if (!deskUrl?.startsWith('https://')) return undefined;
  return deskUrl + location.pathname + location.hash;
}
