import { useEffect, useRef, type RefObject } from 'react';

export type Hearing = 'both' | 'left' | 'right';

/** Lets one side of a two-channel recording be heard alone, in both ears. */
export function useChannels(
  audio: RefObject<HTMLAudioElement | null>,
  hearing: Hearing,
  playing: boolean,
): void {
  const graph = useRef<{ context: AudioContext; left: GainNode; right: GainNode }>(undefined);
  useEffect(() => {
    // Built with the first press, because audio graphs may not sound before one; plain stereo needs none.
    if (!audio.current || typeof AudioContext === 'undefined') return;
    if (!graph.current && hearing !== 'both') graph.current = build(audio.current);
    if (!graph.current) return;
    graph.current.left.gain.value = hearing === 'right' ? 0 : 1;
    graph.current.right.gain.value = hearing === 'left' ? 0 : 1;
    if (playing) void graph.current.context.resume();
  }, [audio, hearing, playing]);
  useEffect(
    () => () => {
      void graph.current?.context.close();
    },
    [],
  );
}

function build(element: HTMLAudioElement) {
  const context = new AudioContext();
  const source = context.createMediaElementSource(element);
  const splitter = context.createChannelSplitter(2);
  const left = context.createGain();
  const right = context.createGain();
  source.connect(splitter);
  splitter.connect(left, 0);
  splitter.connect(right, 1);
  left.connect(context.destination);
  right.connect(context.destination);
  return { context, left, right };
}
