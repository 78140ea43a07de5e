import { generateKeyPairSync, sign } from 'node:crypto';
import { type Control, controlBytes } from '../../shared/protocol/control.ts';

/** The signing key of a page without a page. */
export interface Pen {
  signingKey: string; // public, protocol/ids.ts SigningKey
  signed(session: string, control: Omit<Control, 'signature'>): Control;
}

export function newPen(): Pen {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = [x, y].map((part) => Buffer.from(part, 'base64url'));
  return {
    signingKey: Buffer.concat([Buffer.from([4]), ...point]).toString('base64url'),
    signed: (session, control) => {
      const bytes = sign('sha256', controlBytes(session, control), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return { ...control, signature: bytes.toString('base64url') };
    },
  };
}
