const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = /^(tkm?_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const CHECKSUM_LENGTH = 6;
const REVERSED_POLYNOMIAL = 0xedb88320;

/** What is wrong with how a key is written; null where it may be one. */
export function malformed(text: string): string | null {
  if (!/^tkm?_/.test(text)) {
    return 'A key begins with tk_ or tkm_. Take it as it was shown when it was made, without quotes or “Bearer”.';
  }
  const parts = SHAPE.exec(text);
  if (!parts) {
    return 'After tk_ or tkm_ come 49 letters and digits. Something is missing, or too much was copied.';
  }
  return checksum(parts[1]!) === parts[2] ? null : 'Its checksum does not fit: a character was changed or swapped. Copy it again.';
}

/** CRC-32 (ISO/IEC 8802-3) of a text, in base62. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ REVERSED_POLYNOMIAL : crc >>> 1;
    }
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}
