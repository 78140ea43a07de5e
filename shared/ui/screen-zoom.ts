/** How large a picture is drawn: fitting its place, or so many device pixels for each of its own. */
export type Zoom = 'fit' | number;

export interface Size {
  width: number;
  height: number;
}

const LEAST = 0.1;
const MOST = 8;
/** One press, one step. */
export const STEP = 1.25;

/** Device pixels for each pixel of the picture; `place` in CSS pixels, `ratio` device pixels in each of these. */
export function scaleOf(zoom: Zoom, picture: Size, place: Size, ratio: number): number {
  if (zoom !== 'fit') return zoom;
  return Math.min(place.width / picture.width, place.height / picture.height) * ratio;
}

export function zoomedBy(scale: number, factor: number): number {
  return Math.min(MOST, Math.max(LEAST, scale * factor));
}

/**
 * Where the picture stands in its place, in CSS pixels: in the middle where it is smaller, on whole device pixels, so
 * that at a scale of 1 no pixel is smeared over two.
 */
export function layOut(scale: number, picture: Size, place: Size, ratio: number): Size & { left: number; top: number } {
  const width = Math.round(picture.width * scale) / ratio;
  const height = Math.round(picture.height * scale) / ratio;
  const middle = (room: number, taken: number) => Math.floor((Math.max(0, room - taken) / 2) * ratio) / ratio;
  return { width, height, left: middle(place.width, width), top: middle(place.height, height) };
}
