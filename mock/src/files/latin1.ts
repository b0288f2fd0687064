/**
 * One byte for each character, which must all be below U+0100. File headers read best as text
 * (`RIFF…WAVE`), and `atob` answers in the same form.
 */
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
