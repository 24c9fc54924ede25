import { SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Input, Select, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallWords } from '@/ui/callWords';
import type { RecordFilters } from './recordQueries';
import './recording.css';

const RESULTS = ['SUCCESS', 'ABANDONED', 'NO_ANSWER', 'BUSY', 'REJECTED', 'CALL_LOSS', 'OTHER'];

/** Search and filters; what is set is shown as chips that can be taken away. */
export function RecordFiltersBar(props: {
  filters: RecordFilters;
  mayAll: boolean;
  onFilters: (filters: RecordFilters) => void;
}) {
  const { filters, onFilters } = props;
  const { t } = useTranslation('recording');
  const words = useCallWords();
  const [text, setText] = useState(filters.q ?? '');
  const change = (part: { [Key in keyof RecordFilters]?: RecordFilters[Key] | undefined }) => {
    // Another filter begins at the first page.
    const next = Object.entries({ ...filters, ...part }).filter(
      ([name, value]) => name !== 'page' && value !== undefined && value !== '',
    );
    onFilters(Object.fromEntries(next));
  };
  const chips: { key: keyof RecordFilters; label: string }[] = [
    ...(filters.q ? [{ key: 'q' as const, label: filters.q }] : []),
    ...(filters.direction
      ? [{ key: 'direction' as const, label: words.direction(filters.direction) }]
      : []),
    ...(filters.result ? [{ key: 'result' as const, label: words.result(filters.result) }] : []),
    ...(filters.from ? [{ key: 'from' as const, label: `≥ ${filters.from}` }] : []),
    ...(filters.to ? [{ key: 'to' as const, label: `≤ ${filters.to}` }] : []),
  ];
  return (
    <div className="filters">
      <Input
        allowClear
        className="filter-search"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('search')}
        aria-label={t('search')}
        value={text}
        data-testid="records-search"
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '') change({ q: undefined });
        }}
        onPressEnter={() => {
          change({ q: text.trim() });
        }}
        onBlur={() => {
          if (text.trim() !== (filters.q ?? '')) change({ q: text.trim() });
        }}
      />
      <Select
        className="filter-select"
        allowClear
        placeholder={t('direction')}
        aria-label={t('direction')}
        value={filters.direction ?? null}
        data-testid="records-direction"
        onChange={(direction) => {
          change({ direction });
        }}
        options={(['INBOUND', 'OUTBOUND'] as const).map((value) => ({
          value,
          label: words.direction(value),
        }))}
      />
      <Select
        className="filter-select"
        allowClear
        placeholder={t('result')}
        aria-label={t('result')}
        value={filters.result ?? null}
        data-testid="records-result"
        onChange={(result: string | null | undefined) => {
          change({ result: result ?? undefined });
        }}
        options={RESULTS.map((value) => ({ value, label: words.result(value) }))}
      />
      <Day
        label={t('from')}
        value={filters.from}
        onChange={(from) => {
          change({ from });
        }}
      />
      <Day
        label={t('to')}
        value={filters.to}
        onChange={(to) => {
          change({ to });
        }}
      />
      {props.mayAll ? (
        <Checkbox
          checked={!filters.all}
          onChange={(event) => {
            change({ all: event.target.checked ? undefined : true });
          }}
        >
          {t('mine')}
        </Checkbox>
      ) : null}
      {chips.length > 0 ? (
        <div className="filter-chips">
          {chips.map(({ key, label }) => (
            <Tag
              key={key}
              closable
              onClose={() => {
                if (key === 'q') setText('');
                change({ [key]: undefined });
              }}
            >
              {label}
            </Tag>
          ))}
          <Button
            type="link"
            size="small"
            onClick={() => {
              setText('');
              onFilters(filters.all ? { all: true } : {});
            }}
          >
            {t('clearFilters')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Day(props: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <DatePicker
      className="filter-select"
      placeholder={props.label}
      aria-label={props.label}
      value={props.value ? dayjs(props.value) : null}
      onChange={(day) => {
        props.onChange(day ? day.format('YYYY-MM-DD') : undefined);
      }}
    />
  );
}
