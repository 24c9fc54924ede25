// Made-up call records for the scripted server.
const NAMES = ['王芳', '李强', null, '张敏', '刘洋', null, '陈静'];
const AREAS = ['浙江 杭州', '上海', '广东 深圳', null, '北京'];
const RESULTS = ['SUCCESS', 'SUCCESS', 'SUCCESS', 'ABANDONED', 'NO_ANSWER', 'BUSY'];

export function callRecords() {
  return Array.from({ length: 46 }, (_, index) => {
    const outbound = index % 5 === 2;
    const result = RESULTS[index % RESULTS.length];
    const good = result === 'SUCCESS';
    const startedAt = new Date(Date.now() - (index * 37 + 12) * 60_000);
    const number = index % 3 === 0 ? '13857112233' : `1390571${String(1000 + index)}`;
    const talk = good ? 45_000 + ((index * 17) % 200) * 1000 : 0;
    const steps = outbound
      ? [
          ['dial', 9_000],
          ['talk', talk],
        ]
      : [
          ['ivr', 11_000],
          ['queue', 6_000 + index * 700],
          ['ring', 4_000],
          ['talk', talk],
          ...(index % 4 === 0 ? [['hold', 20_000]] : []),
          ['acw', good ? 25_000 : 0],
        ];
    let at = startedAt.getTime();
    const phases = steps
      .filter(([, ms]) => ms > 0)
      .map(([kind, ms]) => {
        const phase = {
          kind,
          startedAt: new Date(at).toISOString(),
          endedAt: new Date(at + ms).toISOString(),
          ms,
        };
        at += ms;
        return phase;
      });
    return {
      callId: `old-${index}`,
      direction: outbound ? 'OUTBOUND' : 'INBOUND',
      from: outbound ? '057100000001' : number,
      to: outbound ? number : '4001000001',
      startedAt: startedAt.toISOString(),
      answeredAt: good ? new Date(startedAt.getTime() + 20_000).toISOString() : null,
      endedAt: new Date(at).toISOString(),
      endedBy: index % 2 ? 'CALLER' : 'AGENT',
      result,
      agent: { id: 'alice', name: 'Alice' },
      group: { id: 'support', name: '客服组' },
      phases,
      tags: [],
      ivrPath: outbound ? [] : ['主菜单', '1 客服'],
      survey: null,
      transferredToHuman: false,
      source: outbound ? 'fab' : null,
      remark: outbound ? '回访上次的退款' : null,
      note:
        good && index % 2 === 0
          ? {
              category: 'order',
              result: 'solved',
              text: '客户询问订单 3391 的发货时间，已告知明日到达，并补发短信通知。',
            }
          : null,
      recording: good
        ? { url: `/api/v1/calls/old-${index}/recording`, durationMs: 12_000, sizeBytes: 384_044 }
        : null,
      area: AREAS[index % AREAS.length],
      displayName: NAMES[index % NAMES.length],
    };
  });
}

/** 12 s of two people taking turns, as tones: PCM 16 bit, 8 kHz, two channels. */
export function recording() {
  const rate = 8000;
  const seconds = 12;
  const data = Buffer.alloc(rate * seconds * 4);
  for (let frame = 0; frame < rate * seconds; frame += 1) {
    const t = frame / rate;
    const turn = Math.floor(t / 2) % 2;
    const loud = 0.5 * Math.abs(Math.sin(t * 7)) * Math.abs(Math.sin(t * 2.3));
    data.writeInt16LE(
      Math.round((turn === 0 ? loud : 0.01) * 32767 * Math.sin(t * 2 * Math.PI * 440)),
      frame * 4,
    );
    data.writeInt16LE(
      Math.round((turn === 1 ? loud : 0.01) * 32767 * Math.sin(t * 2 * Math.PI * 700)),
      frame * 4 + 2,
    );
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
