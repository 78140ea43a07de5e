import { useEffect, useState } from 'preact/hooks';

/** White around the code, in modules: scanners need it, in a dark theme most of all. */
const QUIET = 4;

interface Drawn {
  size: number; // modules
  path: string;
}

/** The code is worked out by what is loaded when the first is drawn; until then its place is white. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn>({ size: 1, path: '' });
  useEffect(() => {
    let here = true;
    void draw(text).then((one) => here && setDrawn(one));
    return () => {
      here = false;
    };
  }, [text]);
  const { size, path } = drawn;
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

async function draw(text: string): Promise<Drawn> {
  const { encode } = await import('uqr');
  const code = encode(text, { border: QUIET });
  const cells = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size: code.size, path: cells.join('') };
}
