import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

/** JSON lines on stderr. What proves who somebody is never gets into a log, nor does customers' text. */
export function makeLog(level: LogLevel): Logger {
  const secrets = ['cookie', 'authorization', 'token', 'key', 'password'];
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`, `headers.${name}`]),
        censor: '…',
      },
      serializers: { error: pino.stdSerializers.err },
    },
    destination({ fd: 2, sync: true }),
  );
}
