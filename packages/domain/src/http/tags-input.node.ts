import * as v from 'valibot';
import { tagLength, tagLimit } from '../tags.ts';

/** Tags as a request gives them. */
export const tagsInput = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(tagLength))),
  v.maxLength(tagLimit),
);
