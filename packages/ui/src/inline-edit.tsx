import CircleAlert from 'lucide-solid/icons/triangle-alert';
import Lock from 'lucide-solid/icons/lock';
import { type JSX, Show, createEffect, createSignal, createUniqueId, on, onCleanup } from 'solid-js';
import { Icon } from './icon.tsx';
import { type Person, personClass } from './logic/person.ts';
import type { Option } from './option-list.tsx';
import { PersonTag, haloClass } from './person-tag.tsx';
import { Picker, type PickerProps } from './picker.tsx';
import { tooltip } from './tooltip.tsx';

/** What is true of every field shown in place, whatever edits it. */
export type InlineFrame = {
  label: string;
  /** Why this person may not edit it; the field then shows a lock. */
  lockReason?: string | undefined;
  /** A colleague who is in this field now. */
  editedBy?: Pick<Person, 'name' | 'colour'> | null | undefined;
  /** The colleague whose change just arrived; a new object tints the field for 4 s. */
  changedBy?: Pick<Person, 'name' | 'colour'> | null | undefined;
  /** Not on the server's disk yet. */
  isPending?: boolean | undefined;
  align?: 'left' | 'right' | undefined;
  placeholder?: string | undefined;
  class?: string | undefined;
};

const tintMs = 4000;

/** The colours of a change that just came in: the person's tint for 4 s. Answers a class, empty when there is none. */
function createTint(changedBy: () => Pick<Person, 'colour'> | null | undefined): () => string {
  const [tint, setTint] = createSignal('');
  createEffect(
    on(
      changedBy,
      (person) => {
        setTint(person == null ? '' : `flash ${personClass(person.colour)}`);
        if (person == null) return;
        const timer = setTimeout(() => setTint(''), tintMs);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  return tint;
}

/** The resting value: a button with a well under the pointer, a lock when it may not be edited, a halo while a colleague is in it. */
function Resting(
  props: InlineFrame & {
    isMulti?: boolean | undefined;
    onOpen: (typed?: string) => void;
    refButton: (element: HTMLElement) => void;
    isOpen?: boolean | undefined;
    describedBy?: string | undefined;
    children: JSX.Element;
  },
) {
  const tint = createTint(() => props.changedBy);
  const classes = () =>
    [
      'inline',
      props.align === 'right' ? 'r num' : '',
      props.isMulti === true ? 'is-multi' : '',
      props.isPending === true ? 'is-pending' : '',
      haloClass(props.editedBy),
      tint(),
      props.class ?? '',
    ]
      .filter((name) => name !== '')
      .join(' ');
  const tag = () => <Show when={props.editedBy}>{(person) => <PersonTag person={person()} isTyping />}</Show>;
  return (
    <Show
      when={props.lockReason === undefined}
      fallback={
        <span
          class={classes()}
          tabindex="0"
          ref={(made) => {
            props.refButton(made);
            tooltip(made, () => props.lockReason);
          }}
        >
          <span class="ellip">{props.children}</span>
          <Icon of={Lock} size={12} class="t3" label={props.lockReason ?? 'Locked'} />
          {tag()}
        </span>
      }
    >
      <button
        ref={(made) => props.refButton(made)}
        type="button"
        class={classes()}
        aria-describedby={props.describedBy}
        aria-haspopup={props.isOpen === undefined ? undefined : 'dialog'}
        aria-expanded={props.isOpen}
        onClick={(event) => {
          event.stopPropagation();
          props.onOpen();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return;
          event.preventDefault();
          props.onOpen();
        }}
      >
        <span class="sr">{props.label}: </span>
        {props.children}
        {tag()}
      </button>
    </Show>
  );
}

/** What reading typed text gives: a value, or one sentence that says what to type. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; error: string };

/** A value that is its own control. Enter or blur commits, Esc takes it back, an error stays with its text. */
export function InlineEdit<Value>(
  props: InlineFrame & {
    value: Value;
    /** How it is shown at rest; null shows the placeholder. */
    children: JSX.Element;
    /** The text that editing starts with. */
    text: string;
    parse: (text: string) => Parsed<Value>;
    onCommit: (value: Value) => void;
    /** Tells others that this person is in the field. */
    onEditing?: ((isEditing: boolean) => void) | undefined;
    isMulti?: boolean | undefined;
    inputMode?: 'text' | 'decimal' | 'email' | 'tel' | 'url' | undefined;
    /** Starts in editing, for a field that was just asked for (`E`). */
    startsOpen?: boolean | undefined;
  },
) {
  const id = createUniqueId();
  const [isEditing, setEditing] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  let isDone = false;
  const resting: { current?: HTMLElement } = {};
  const open = () => {
    isDone = false;
    setProblem(undefined);
    setEditing(true);
    props.onEditing?.(true);
  };
  createEffect(() => {
    if (props.startsOpen === true && props.lockReason === undefined) open();
  });
  onCleanup(() => isEditing() && props.onEditing?.(false));
  const close = (givesFocusBack: boolean) => {
    isDone = true;
    setEditing(false);
    setProblem(undefined);
    props.onEditing?.(false);
    if (givesFocusBack) queueMicrotask(() => resting.current?.focus());
  };
  const commit = (text: string, givesFocusBack: boolean) => {
    if (isDone) return;
    if (text === props.text) return close(givesFocusBack);
    // The right to edit went while they typed: the text stays, to be copied.
    if (props.lockReason !== undefined) {
      setProblem(`Not saved. ${props.lockReason} Copy the text; Esc lets it go.`);
      return;
    }
    const parsed = props.parse(text);
    if (!parsed.ok) {
      setProblem(parsed.error);
      return;
    }
    close(givesFocusBack);
    props.onCommit(parsed.value);
  };
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    if (event.isComposing) return;
    const isCommit = event.key === 'Enter' && (props.isMulti !== true || event.ctrlKey || event.metaKey);
    if (isCommit) commit(event.currentTarget.value, true);
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const takeFocus = (element: HTMLInputElement | HTMLTextAreaElement) =>
    queueMicrotask(() => {
      element.focus({ preventScroll: true });
      element.select();
    });
  return (
    <>
      <Show
        when={isEditing()}
        fallback={
          <Resting {...props} onOpen={open} refButton={(element) => (resting.current = element)}>
            <span class={props.isMulti === true ? '' : 'ellip'}>
              {props.children ?? <span class="ph">{props.placeholder ?? 'Empty'}</span>}
            </span>
          </Resting>
        }
      >
        <span
          class={`inline is-edit${props.align === 'right' ? ' r' : ''}${problem() === undefined ? '' : ' is-error'}${props.isMulti === true ? ' is-multi' : ''}`}
          onClick={(event) => event.stopPropagation()}
        >
          <Show
            when={props.isMulti === true}
            fallback={
              <input
                ref={(made) => takeFocus(made)}
                value={props.text}
                aria-label={props.label}
                aria-invalid={problem() === undefined ? undefined : 'true'}
                aria-describedby={problem() === undefined ? undefined : id}
                inputMode={props.inputMode}
                placeholder={props.placeholder}
                autocomplete="off"
                style={{ 'text-align': props.align }}
                onInput={() => setProblem(undefined)}
                onBlur={(event) => commit(event.currentTarget.value, false)}
                onKeyDown={keys}
              />
            }
          >
            <textarea
              ref={(made) => takeFocus(made)}
              rows="3"
              value={props.text}
              aria-label={props.label}
              aria-describedby={problem() === undefined ? undefined : id}
              placeholder={props.placeholder}
              onInput={() => setProblem(undefined)}
              onBlur={(event) => commit(event.currentTarget.value, false)}
              onKeyDown={keys}
            />
          </Show>
          <Show when={props.editedBy}>{(person) => <PersonTag person={person()} isTyping />}</Show>
        </span>
      </Show>
      <Show when={problem()}>
        <span class="inline-error" id={id} role="alert">
          <Icon of={CircleAlert} size={14} />
          {problem()}
        </span>
      </Show>
    </>
  );
}

/** The same for values that are chosen, not typed: an owner, a company, labels. Opens a picker in place. */
export function InlinePick(
  props: InlineFrame &
    Pick<PickerProps, 'options' | 'search' | 'onCreate' | 'createLabel' | 'isChosen' | 'multiple' | 'empty'> & {
      children: JSX.Element;
      onPick: (option: Option) => void;
      onEditing?: ((isEditing: boolean) => void) | undefined;
    },
) {
  const [isOpen, setOpen] = createSignal(false);
  let anchor: HTMLElement | undefined;
  const show = (opens: boolean) => {
    setOpen(opens);
    props.onEditing?.(opens);
  };
  return (
    <>
      <Resting {...props} isOpen={isOpen()} onOpen={() => show(true)} refButton={(element) => (anchor = element)}>
        {props.children ?? <span class="ph">{props.placeholder ?? 'Choose'}</span>}
      </Resting>
      <Picker
        label={props.label}
        options={props.options}
        search={props.search}
        onCreate={props.onCreate}
        createLabel={props.createLabel}
        isChosen={props.isChosen}
        multiple={props.multiple}
        empty={props.empty}
        onPick={props.onPick}
        open={isOpen()}
        onClose={() => show(false)}
        anchor={() => anchor}
      />
    </>
  );
}
