import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/**
 * A Yjs V1 update after `change` has changed the content of its items in place (never their length or number); null when
 * it changed none. Ids, places and lengths stay, so that all that was made on top of it still fits.
 */
export function rewriteUpdate(update: Uint8Array, change: (item: Y.Item) => boolean): Uint8Array | null {
  const { structs, ds } = Y.decodeUpdate(update);
  let isChanged = false;
  for (const struct of structs) if (struct instanceof Y.Item && change(struct)) isChanged = true;
  return isChanged ? encode(structs, ds) : null;
}

/** As Yjs writes it: by client, the first clock and then every struct; what is left out is a struct, too (a skip). */
function encode(structs: Decoded['structs'], deleted: Decoded['ds']): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const byClient = Map.groupBy(structs, ({ id }) => id.client);
  writeVarUint(encoder.restEncoder, byClient.size);
  for (const [client, own] of byClient) {
    writeVarUint(encoder.restEncoder, own.length);
    encoder.writeClient(client);
    writeVarUint(encoder.restEncoder, own[0]?.id.clock ?? 0);
    for (const struct of own) struct.write(encoder, 0);
  }
  writeVarUint(encoder.restEncoder, deleted.clients.size);
  for (const [client, ranges] of deleted.clients) {
    encoder.resetDsCurVal();
    writeVarUint(encoder.restEncoder, client);
    writeVarUint(encoder.restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}
