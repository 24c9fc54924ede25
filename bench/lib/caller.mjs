// A caller on SIP over UDP with sound of her own: says 440 Hz in PCMU, and notes when she first hears 1000 Hz.
import { createSocket } from 'node:dgram';

const FRAME = 160;
const RATE_HZ = 8000;

function ulaw(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  let magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  let exponent = 7;
  for (let mask = 0x4000; (magnitude & mask) === 0 && exponent > 0; mask >>= 1) exponent -= 1;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function linear(byte) {
  const u = ~byte & 0xff;
  const magnitude = (((u & 0x0f) << 3) + 0x84) << ((u & 0x70) >> 4);
  return u & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

/** Whether most of a frame's power is at this frequency. */
function isTone(payload, hz) {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / RATE_HZ);
  let energy = 0;
  let a = 0;
  let b = 0;
  for (const byte of payload) {
    const v = linear(byte);
    energy += v * v;
    [a, b] = [v + turn * a - b, a];
  }
  const power = ((a * a + b * b - turn * a * b) * 2) / payload.length;
  return energy / payload.length > 300 * 300 && power / energy > 0.7;
}

async function bound() {
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

export class Caller {
  /** Milliseconds since the epoch, as everything here. */
  heardAt = 0;

  static async call(number, from, sipPort) {
    const caller = new Caller();
    caller.sip = await bound();
    caller.rtp = await bound();
    caller.sipPort = sipPort;
    caller.number = number;
    caller.from = from;
    caller.id = `answer-${from}-${Date.now()}`;
    caller.to = `<sip:${number}@127.0.0.1:${sipPort}>`;
    caller.rtp.on('message', (packet) => caller.heard(packet));
    caller.sip.on('message', (message) => caller.told(message.toString('latin1')));
    const answered = new Promise((resolve) => (caller.onAnswer = resolve));
    caller.send('INVITE', 1, caller.offer());
    await answered;
    caller.speak();
    return caller;
  }

  offer() {
    return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${this.rtp.address().port} RTP/AVP 0\r\na=ptime:20\r\na=sendrecv\r\n`;
  }

  send(method, cseq, body = '') {
    const port = this.sip.address().port;
    this.sip.send(
      `${method} sip:${this.number}@127.0.0.1:${this.sipPort} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${this.id}${method};rport\r\nMax-Forwards: 70\r\n` +
        `From: <sip:${this.from}@127.0.0.1:${port}>;tag=${this.from}\r\nTo: ${this.to}\r\nCall-ID: ${this.id}\r\nCSeq: ${cseq} ${method}\r\nContact: <sip:load@127.0.0.1:${port}>\r\n` +
        `${body === '' ? '' : 'Content-Type: application/sdp\r\n'}Content-Length: ${body.length}\r\n\r\n${body}`,
      this.sipPort,
      '127.0.0.1',
    );
  }

  told(message) {
    if (/^SIP\/2\.0 200/.test(message) && /CSeq: ?1 INVITE/i.test(message)) {
      this.to = /^To: ?([^\r]*)/im.exec(message)[1];
      this.nodeRtp = Number(/m=audio (\d+)/.exec(message)[1]);
      this.send('ACK', 1);
      this.onAnswer();
    } else if (!/^(SIP|ACK)/.test(message)) {
      const kept = message.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
      this.sip.send(`SIP/2.0 200 OK\r\n${kept.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`, this.sipPort, '127.0.0.1');
    }
  }

  speak() {
    const start = performance.now();
    let said = 0;
    this.timer = setInterval(() => {
      for (; said < (performance.now() - start) / 20; said += 1) {
        const packet = Buffer.alloc(12 + FRAME);
        packet[0] = 0x80;
        packet.writeUInt16BE(said & 0xffff, 2);
        packet.writeUInt32BE(said * FRAME, 4);
        packet.writeUInt32BE(4711, 8);
        for (let i = 0; i < FRAME; i += 1)
          packet[12 + i] = ulaw(8_000 * Math.sin((2 * Math.PI * 440 * (said * FRAME + i)) / RATE_HZ));
        this.rtp.send(packet, this.nodeRtp, '127.0.0.1');
      }
    }, 5);
  }

  heard(packet) {
    if (this.heardAt === 0 && packet.length === 12 + FRAME && (packet[1] & 0x7f) === 0 && isTone(packet.subarray(12), 1_000))
      this.heardAt = Date.now();
  }

  hangUp() {
    clearInterval(this.timer);
    this.send('BYE', 2);
    setTimeout(() => {
      this.sip.close();
      this.rtp.close();
    }, 1_000);
  }
}
