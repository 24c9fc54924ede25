import { Input, Modal } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from './ActionsContext';
import { wordOf } from './actionLabel';
import { chordWords, useKeys } from './keys';
import { matches } from './matches';
import './actions.css';

/** A line of the bar: an action, or a place to go. */
export interface Command {
  id: string;
  words: { zh: string; en: string };
  chord?: string;
  enabled: boolean;
  whyNot?: string;
  perform: () => void;
}

/** Everything by name, in both languages (Ctrl/⌘+K). */
export function CommandBar(props: { open: boolean; commands: Command[]; onClose: () => void }) {
  const { t, i18n } = useTranslation('actions');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = props.commands
    .filter((command) => matches(text, [command.words.zh, command.words.en]))
    .sort((a, b) => Number(b.enabled) - Number(a.enabled));
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const first = i18n.language === 'zh' ? 'zh' : 'en';
  const second = first === 'zh' ? 'en' : 'zh';

  const close = () => {
    setText('');
    setChosen(0);
    props.onClose();
  };
  const perform = (command: Command | undefined) => {
    if (!command?.enabled) return;
    close();
    command.perform();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) perform(found[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open={props.open}
      onCancel={close}
      footer={null}
      closable={false}
      width={520}
      style={{ top: 96 }}
      destroyOnHidden
      title={<span className="visually-hidden">{t('commandBar')}</span>}
    >
      <div data-testid="command-bar">
        <Input
          autoFocus
          size="large"
          role="combobox"
          aria-expanded
          aria-controls="command-list"
          placeholder={t('commandPlaceholder')}
          value={text}
          data-testid="command-input"
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKey}
        />
        <ul className="command-list" id="command-list" role="listbox">
          {found.map((command, index) => (
            <li
              key={command.id}
              role="option"
              aria-selected={index === at}
              aria-disabled={!command.enabled}
              title={command.enabled ? undefined : command.whyNot}
              data-testid="command-row"
              onMouseMove={() => {
                setChosen(index);
              }}
              onClick={() => {
                perform(command);
              }}
            >
              <span>{command.words[first]}</span>
              <span className="command-other">{command.words[second]}</span>
              {command.chord ? <kbd>{command.chord}</kbd> : null}
            </li>
          ))}
        </ul>
        {found.length === 0 ? <p className="muted">{t('commandNothing')}</p> : null}
        <p className="faint small">{t('commandHint')}</p>
      </div>
    </Modal>
  );
}

/** The lines of the bar for actions, in both languages. */
export function useActionCommands(actions: Action[]): Command[] {
  const { i18n } = useTranslation('actions');
  const keys = useKeys((state) => state.keys);
  const zh = i18n.getFixedT('zh', 'actions');
  const en = i18n.getFixedT('en', 'actions');
  return actions
    .filter((action) => action.name !== 'commandBar')
    .map((action) => ({
      id: action.name,
      words: { zh: zh(wordOf(action)), en: en(wordOf(action)) },
      chord: chordWords(keys[action.name]),
      enabled: action.enabled,
      ...(action.whyNot ? { whyNot: action.whyNot } : {}),
      perform: () => {
        action.perform();
      },
    }));
}
