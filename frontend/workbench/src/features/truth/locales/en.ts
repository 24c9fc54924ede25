import type { WordsLike } from '@/i18n/words';
import type { zh } from './zh';

export const en: WordsLike<typeof zh> =
  {
    title: 'Truth',
    what: 'Every second the auditor compares what calls, agents, queues, lines and sessions say, and finds what cannot be true together.',
    verdict_other: '{{count}} contradictions in {{facts}} facts',
    verdict_one: '{{count}} contradiction in {{facts}} facts',
    ago: '{{seconds}} s ago',
    stale: 'The auditor has been silent for {{seconds}} s: this may be over',
    silent: 'The auditor has not spoken yet',
    unheard: 'The findings cannot be read; trying again',
    alarm_other:
      '{{count}} contradictions stand for more than 5 s. Their owners have been told to look and heal.',
    alarm_one:
      '{{count}} contradiction stands for more than 5 s. Its owner has been told to look and heal.',
    none: 'No contradictions. One that appears is listed here, and the owner of the fact heals it.',
    nothingChecked: 'There is no call and nobody on duty to compare just now.',
    standing: 'Standing now',
    healed: 'Gone lately',
    kind: 'Kind',
    age: 'Age',
    sides: 'What both sides say',
    doing: 'What is being done',
    when: 'When',
    stood: 'Stood for',
    seconds: '{{seconds}} s',
    number: 'no. {{seq}}',
    watching: 'Being watched: it may be under way',
    asked_one: 'The {{owner}} has been told once; it looks and heals',
    asked_other: 'The {{owner}} has been told {{count}} times; it looks and heals',
    owners: {
      CALL: 'call',
      AGENT: 'agent',
      SEATS: 'seat ledger',
      EDGE: 'edge',
    },
    kinds: {
      NOT_LIVE: 'Open, but not alive',
      LEG_UNPLANNED: 'A leg without a call',
      LEG_MISSING: 'A call without its leg',
      CALL_WITHOUT_AGENT: 'A call whose agent does not have it',
      AGENT_WITHOUT_CALL: 'An agent whose call does not have her',
      RING_UNKNOWN: 'It rings for a call that does not know',
      NOT_IN_QUEUE: 'A waiting call missing in its queue',
      WRONG_QUEUE: 'A queue counts a call that does not wait there',
      FREE_NOT_IN_QUEUE: 'A free agent missing in her queue',
      SECOND_SESSION: 'More than one live session of an agent',
      OVERDUE: 'A deadline has passed and nothing followed',
      OWED_TOO_LONG: 'A message that nobody confirms',
      SEATS_OVER_GRANTED: 'More seats used than granted',
    },
  };
