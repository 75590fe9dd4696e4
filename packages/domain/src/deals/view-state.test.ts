import { describe, expect, it } from 'vitest';
import type { ViewState } from './view-state.ts';
import { plainView, readViewState, savedQuery, writeViewState } from './view-state.ts';

const rich: ViewState = {
  as: 'table',
  q: 'blood bank & “fridges”, 100%',
  chips: ['mine', 'rotting'],
  filters: [
    { field: 'labels', op: 'is', values: ['Tender, big', 'a:b', '50%', 'Å&='] },
    { field: 'value', op: 'gte', values: ['1000'] },
    { field: 'company', op: 'empty', values: [] },
  ],
  sort: { field: 'value', descending: true },
  closed: true,
  hide: ['labels', 'age'],
  show: ['product'],
  view: '01J',
  deal: '01K',
};

describe('view state in the URL', () => {
  it.each<[string, ViewState]>([
    ['a plain view', plainView],
    ['everything at once', rich],
    ['search alone', { ...plainView, q: 'a+b c' }],
  ])('%s survives the way there and back', (_name, state) => {
    expect(readViewState(writeViewState(state))).toEqual(state);
    expect(readViewState(`?${writeViewState(state)}`)).toEqual(state);
  });

  it('a plain view leaves the URL clean', () => expect(writeViewState(plainView)).toBe(''));

  it.each([
    ['an unknown view', 'as=gantt'],
    ['unknown chips', 'chip=nope,,'],
    ['unknown operators', 'f=value:around:5'],
    ['broken escapes', 'f=value:is:%25E0%25&q=%E0%'],
    ['a sort that is none', 'sort=-<script>'],
    ['noise', '&&&=x&f&f=&closed=yes'],
  ])('leaves out %s', (_name, search) => expect(readViewState(search)).toEqual(plainView));

  it('a saved view keeps how to look, not what is open', () =>
    expect(readViewState(savedQuery(rich))).toEqual({ ...rich, view: null, deal: null }));
});
