import { CheckCircleOutlined, SaveOutlined } from '@ant-design/icons';
import type { CallRecord, NoteScreen } from '@ringmaster/sdk';
import { Button, Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsking } from '@/actions/asking';
import { chordWords } from '@/actions/keys';
import { usePhone } from '@/phone/PhoneContext';
import {
  keepDraft,
  missingFields,
  readDraft,
  sameNote,
  savedNote,
  TEXT_AT_MOST,
  type NoteDraft,
  type NoteField,
} from './noteDraft';
import { CATEGORIES, categoryWord, OUTCOMES, outcomeWord } from './noteWords';
import './call.css';

/** The wrap-up note: open while talking, one press to save, and the next step is one key after that. */
export function WrapUpNote(props: {
  /** The note of the agent's own call, to be written. */
  open: NoteScreen | undefined;
  /** The call on the screen; a note of another one says so. */
  shownCallId: string | undefined;
  /** The note of an earlier call, to be read. */
  kept: CallRecord['note'] | undefined;
}) {
  const { open, kept } = props;
  const { t } = useTranslation('call');
  return (
    <section className="note panel" aria-labelledby="note-title" data-testid="note">
      <h2 className="panel-title" id="note-title">
        {t('note')}
      </h2>
      {open ? (
        <>
          {open.callId === props.shownCallId ? null : (
            <p className="note-of-earlier small">{t('noteOfEarlier')}</p>
          )}
          <NoteForm key={open.callId} note={open} />
        </>
      ) : kept?.text ? (
        <div className="note-kept">
          <p className="muted">
            {[categoryWord(t, kept.category), outcomeWord(t, kept.result)]
              .filter(Boolean)
              .join(' / ')}
          </p>
          <p>{kept.text}</p>
        </div>
      ) : (
        <p className="empty">{t('noteNone')}</p>
      )}
    </section>
  );
}

function NoteForm(props: { note: NoteScreen }) {
  const { note } = props;
  const { callId } = note;
  const { t } = useTranslation('call');
  const phone = usePhone();
  const ask = useAsking((state) => state.ask);
  const asking = useAsking((state) => state.asked.has('saveNote'));
  const saved = savedNote(note);
  const [written, setWritten] = useState<NoteDraft | undefined>(() => readDraft(callId));
  const [missing, setMissing] = useState<NoteField[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const draft = written ?? saved;
  const clean = note.saved && sameNote(draft, saved);

  const write = (part: Partial<NoteDraft>) => {
    const next = { ...draft, ...part };
    setWritten(next);
    keepDraft(callId, next);
    setMissing((fields) => fields.filter((field) => next[field].trim() === ''));
  };
  const save = async () => {
    const lacking = missingFields(draft);
    setMissing(lacking);
    const first = lacking[0];
    if (first) {
      form.current
        ?.querySelector<HTMLElement>(`[data-field=${first}] input, [data-field=${first}] textarea`)
        ?.focus();
      return;
    }
    const done = await ask('saveNote', () =>
      phone.saveNote(callId, { ...draft, text: draft.text.trim() }),
    );
    if (!done) return;
    keepDraft(callId, undefined);
    // The next step takes the focus, so that one key is enough.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[data-testid=btn-continue]')?.focus(),
    );
  };

  return (
    <form
      ref={form}
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <Field name="category" missing={missing}>
        <Radio.Group
          size="small"
          optionType="button"
          className="chips"
          value={draft.category}
          data-testid="note-category"
          onChange={(event) => {
            write({ category: String(event.target.value) });
          }}
          options={CATEGORIES.map((code) => ({
            value: code,
            label: <span data-testid={`note-category-${code}`}>{t(`category.${code}`)}</span>,
          }))}
        />
      </Field>
      <Field name="result" missing={missing}>
        <Radio.Group
          size="small"
          optionType="button"
          className="chips"
          value={draft.result}
          data-testid="note-result"
          onChange={(event) => {
            write({ result: String(event.target.value) });
          }}
          options={OUTCOMES.map((code) => ({
            value: code,
            label: <span data-testid={`note-result-${code}`}>{t(`outcome.${code}`)}</span>,
          }))}
        />
      </Field>
      <Field name="text" missing={missing} grow>
        <Input.TextArea
          className="note-text"
          aria-label={t('noteText')}
          placeholder={t('noteTextHint')}
          value={draft.text}
          maxLength={TEXT_AT_MOST}
          status={missing.includes('text') ? 'error' : ''}
          data-testid="note-text"
          onChange={(event) => {
            write({ text: event.target.value });
          }}
        />
        <span className="note-count small muted tnum" aria-hidden>
          {draft.text.length} / {TEXT_AT_MOST}
        </span>
      </Field>
      <div className="note-foot">
        <span className="small muted" role="status" data-testid="note-state">
          {clean ? (
            <>
              <CheckCircleOutlined aria-hidden /> {t('noteSaved')}
            </>
          ) : written ? (
            t('noteUnsaved')
          ) : note.required ? (
            t('noteRequired')
          ) : (
            t('noteOptional')
          )}
        </span>
        <Button
          type={clean ? 'default' : 'primary'}
          htmlType="submit"
          icon={<SaveOutlined />}
          disabled={clean}
          aria-busy={asking}
          title={chordWords('Mod+Enter')}
          data-testid="note-save"
        >
          {note.saved ? t('noteSaveAgain') : t('noteSave')}
        </Button>
      </div>
    </form>
  );
}

function Field(props: {
  name: NoteField;
  missing: NoteField[];
  grow?: boolean;
  children: React.ReactNode;
}) {
  const { t } = useTranslation('call');
  const label = { category: t('noteCategory'), result: t('noteResult'), text: t('noteText') }[
    props.name
  ];
  const lacks = props.missing.includes(props.name);
  return (
    <div
      className={`note-field ${props.grow ? 'note-field-grow' : ''}`}
      data-field={props.name}
      role="group"
      aria-label={label}
    >
      <div className="note-label">
        <span className="small muted">
          {label} <span aria-hidden>*</span>
        </span>
        {lacks ? (
          <span className="small field-error" role="alert">
            {t(`noteMissing.${props.name}`)}
          </span>
        ) : null}
      </div>
      {props.children}
    </div>
  );
}
