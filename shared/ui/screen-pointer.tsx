import { Icon } from './icon.tsx';

/** A place on a picture, in fractions of its width and height. */
export interface Point {
  x: number;
  y: number;
}

/** Somebody's pointer on a picture; its parent is exactly as large as the picture. */
export function PointerMark({ at }: { at: Point & { name: string } }) {
  // The name stays on the picture: near an edge it stands on the other side.
  const side = `${at.x > 0.7 ? 'left' : ''} ${at.y > 0.8 ? 'above' : ''}`;
  return (
    <div class={`screen-pointer ${side}`} style={{ left: `${at.x * 100}%`, top: `${at.y * 100}%` }}>
      <Icon name="pointer" size={28} />
      <bdi class="ellipsis">{at.name}</bdi>
    </div>
  );
}
