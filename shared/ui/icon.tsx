import {
  AppWindow,
  ArrowRight,
  Check,
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CircleDot,
  CircleQuestionMark,
  Clock,
  Copy,
  FileUp,
  Globe,
  GripVertical,
  Link,
  LogOut,
  Mail,
  Maximize,
  MessageSquare,
  Mic,
  MicOff,
  Minimize,
  Minus,
  Monitor,
  MonitorOff,
  MousePointer2,
  PanelLeft,
  Phone,
  PhoneOff,
  Plus,
  Settings,
  ShieldAlert,
  ShieldCheck,
  Users,
  Video,
  VideoOff,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide';
import { h } from 'preact';

// lucide's data, drawn by us: lucide-preact does not install beside preact 11.
const ICONS = {
  alert: CircleAlert,
  chat: MessageSquare,
  check: Check,
  clock: Clock,
  close: X,
  copy: Copy,
  dashboard: PanelLeft,
  down: ChevronDown,
  'full screen': Maximize,
  file: FileUp,
  globe: Globe,
  grip: GripVertical,
  help: CircleQuestionMark,
  invite: Plus,
  'leave full screen': Minimize,
  leave: LogOut,
  link: Link,
  camera: Video,
  'camera off': VideoOff,
  mail: Mail,
  mic: Mic,
  'mic off': MicOff,
  minus: Minus,
  more: ChevronRight,
  phone: Phone,
  'phone off': PhoneOff,
  pointer: MousePointer2,
  record: CircleDot,
  screen: Monitor,
  'screen off': MonitorOff,
  send: ArrowRight,
  settings: Settings,
  'shield alert': ShieldAlert,
  shield: ShieldCheck,
  users: Users,
  window: AppWindow,
  'zoom in': ZoomIn,
  'zoom out': ZoomOut,
} as const;

export type IconName = keyof typeof ICONS;

/** Decoration only: the word beside it, or the button's label, names it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {ICONS[name].map(([tag, attributes]) => h(tag, { ...attributes, key: JSON.stringify(attributes) }))}
    </svg>
  );
}
