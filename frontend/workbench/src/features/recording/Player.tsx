import { DownloadOutlined, PauseCircleFilled, PlayCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/session/SessionContext';
import { useRefusalWords } from '@/ui/refusalWords';
import { clockTime } from '@/ui/time';
import { recordingQuery } from './recordQueries';
import { useChannels, type Hearing } from './useChannels';
import { Waveform } from './Waveform';
import { readWav, type Envelopes } from './wavEnvelopes';
import './recording.css';

/** Plays a two-channel recording: both sides drawn, either side heard alone, at the speed one can follow. */
export function Player(props: { callId: string; durationMs: number; playAtOnce: boolean }) {
  const { callId } = props;
  const { t } = useTranslation('recording');
  const { rest } = useSession();
  const refusalWords = useRefusalWords();
  const blob = useQuery(recordingQuery(rest, callId));
  const [source, setSource] = useState<{ url: string; envelopes: Envelopes | undefined }>();
  useEffect(() => {
    if (!blob.data) return undefined;
    const url = URL.createObjectURL(blob.data);
    let gone = false;
    void blob.data.arrayBuffer().then((bytes) => {
      if (!gone) setSource({ url, envelopes: readWav(bytes, 240) });
    });
    return () => {
      gone = true;
      URL.revokeObjectURL(url);
    };
  }, [blob.data]);

  if (blob.isError)
    return <p className="field-error">{t('audioFailed', { why: refusalWords(blob.error) })}</p>;
  if (!source) return <p className="empty player-waiting">{t('loadingAudio')}</p>;
  return (
    <Deck
      url={source.url}
      envelopes={source.envelopes}
      fileName={`${callId}.wav`}
      durationMs={props.durationMs}
      playAtOnce={props.playAtOnce}
    />
  );
}

const SPEEDS = [1, 1.5, 2];

function Deck(props: {
  url: string;
  envelopes: Envelopes | undefined;
  fileName: string;
  durationMs: number;
  playAtOnce: boolean;
}) {
  const { t } = useTranslation('recording');
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [lengthS, setLengthS] = useState(props.durationMs / 1000);
  const [speed, setSpeed] = useState(1);
  const [hearing, setHearing] = useState<Hearing>('both');
  useChannels(audio, hearing, playing);
  const seek = (seconds: number) => {
    if (audio.current) audio.current.currentTime = Math.min(Math.max(0, seconds), lengthS);
  };
  const toggle = () => {
    if (playing) audio.current?.pause();
    else void audio.current?.play();
  };
  return (
    <section className="player" aria-label={t('playing')} data-testid="player">
      <audio
        ref={audio}
        src={props.url}
        autoPlay={props.playAtOnce}
        data-testid="record-audio"
        onPlay={() => {
          setPlaying(true);
        }}
        onPause={() => {
          setPlaying(false);
        }}
        onTimeUpdate={(event) => {
          setAt(event.currentTarget.currentTime);
        }}
        onLoadedMetadata={(event) => {
          if (Number.isFinite(event.currentTarget.duration))
            setLengthS(event.currentTarget.duration);
          event.currentTarget.playbackRate = speed;
        }}
      />
      <Waveform
        envelopes={props.envelopes}
        at={lengthS > 0 ? at / lengthS : 0}
        onSeek={(share) => {
          seek(share * lengthS);
        }}
      />
      <input
        type="range"
        className="player-seek"
        min={0}
        max={lengthS}
        step={0.1}
        value={at}
        aria-label={t('seek')}
        onChange={(event) => {
          seek(Number(event.target.value));
        }}
      />
      <div className="player-row">
        <Button
          type="primary"
          shape="circle"
          icon={playing ? <PauseCircleFilled /> : <PlayCircleFilled />}
          aria-label={playing ? t('pauseButton') : t('playButton')}
          data-testid="player-toggle"
          onClick={toggle}
        />
        <span className="tnum" data-testid="player-time">
          {clockTime(at * 1000)} / {clockTime(lengthS * 1000)}
        </span>
        <Segmented
          size="small"
          value={speed}
          aria-label={t('speed')}
          options={SPEEDS.map((value) => ({ value, label: `${String(value)}×` }))}
          onChange={(value) => {
            setSpeed(value);
            if (audio.current) audio.current.playbackRate = value;
          }}
        />
        <a
          className="player-download"
          href={props.url}
          download={props.fileName}
          aria-label={t('download')}
          title={t('download')}
        >
          <DownloadOutlined />
        </a>
      </div>
      <Segmented
        block
        size="small"
        value={hearing}
        aria-label={t('hearing')}
        options={[
          { value: 'both', label: t('both') },
          { value: 'left', label: t('customer') },
          { value: 'right', label: t('agentChannel') },
        ]}
        onChange={setHearing}
      />
    </section>
  );
}
