#!/bin/bash
# Makes the simulated customers' sentences with espeak-ng and sox (Debian packages) as 8 kHz mu-law WAV files.
# Run once after changing the sentences below; the results are committed.
set -eu
cd "$(dirname "$0")"
out=../src/main/resources/dev/ringmaster/carrier/voices
mkdir -p "$out"
say() { # voice speed pitch name sentence
  espeak-ng -v "$1" -s "$2" -p "$3" -w "/tmp/voice-$$.wav" "$5"
  sox "/tmp/voice-$$.wav" -r 8000 -c 1 -e mu-law "$out/$4.wav" gain -n -6
  rm -f "/tmp/voice-$$.wav"
}
say cmn 210 60 zh-hello   "喂，你好。"
say cmn 210 60 zh-order   "我想问一下，我的订单什么时候到？"
say cmn 210 60 zh-number  "订单号是一二三四五六。"
say cmn 210 60 zh-yes     "对，是的。"
say cmn 210 60 zh-thanks  "好的，谢谢，再见。"
say en-us+f3 150 55 en-hello  "Hello, good day."
say en-us+f3 150 55 en-order  "I would like to ask when my order will arrive."
say en-us+f3 150 55 en-number "The order number is one two three four five six."
say en-us+f3 150 55 en-yes    "Yes, that is right."
say en-us+f3 150 55 en-thanks "All right, thank you very much. Goodbye."
say en-gb+m3 150 40 en-who    "Yes, speaking. Who is calling, please?"
say cmn 210 35 zh-who     "喂？哪位？"
