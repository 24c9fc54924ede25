#!/bin/bash
# Makes the demo's prompts and its hold music (8 kHz, mono, 16 bit) with espeak-ng and sox. The files are committed, so this runs
# only when a text changes: cluster-config/demo/make-prompts.sh
# The melody is ours: four chords, made of sine tones here, free of anybody's rights.
set -euo pipefail
cd "$(dirname "$0")/prompts"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { espeak-ng -v "$1" -s "$2" -w "$3" "$4"; }

# prompt NAME CHINESE ENGLISH: both languages in one file, a third of a second between them.
prompt() {
    mkdir -p "$(dirname "$1")"
    say cmn 190 "$work/zh.wav" "$2"
    say en-gb 175 "$work/en.wav" "$3"
    sox "$work/zh.wav" -r 8000 -c 1 -b 16 "$work/zh8.wav" gain -6 highpass 200 silence 1 0.02 0.5% reverse silence 1 0.02 0.5% reverse norm -4 pad 0.1 0.35
    sox "$work/en.wav" -r 8000 -c 1 -b 16 "$work/en8.wav" gain -6 highpass 200 silence 1 0.02 0.5% reverse silence 1 0.02 0.5% reverse norm -4 pad 0 0.15
    sox "$work/zh8.wav" "$work/en8.wav" -b 16 "$1.wav"
}

prompt welcome '您好，欢迎致电示范客服中心。' 'Welcome to the Ringmaster demo contact centre.'
prompt menu/main '客服请按一，销售请按二。' 'For support, press 1. For sales, press 2.'
prompt menu/wrong-key '您的输入有误，请重新选择。' 'That key is not in use. Please choose again.'
prompt menu/no-key '没有收到您的选择。' 'We have not received your choice.'
prompt queue/please-wait '正在为您转接，请稍候。' 'Please wait, we are connecting you.'
prompt queue/nobody '抱歉，现在没有客服人员值班，请稍后再拨。再见。' 'We are sorry: nobody is on duty now. Please call again later. Goodbye.'
prompt goodbye '感谢您的来电，再见。' 'Thank you for calling. Goodbye.'
prompt survey/ask '请为本次服务评分：满意按一，一般按二，不满意按三。' 'Please rate our service: good, press 1; fair, press 2; poor, press 3.'
prompt survey/again '请再评一次：满意按一，一般按二，不满意按三。' 'Once more: good, press 1; fair, press 2; poor, press 3.'
prompt survey/thanks '感谢您的评价，再见。' 'Thank you for your rating. Goodbye.'

# Sixteen seconds: C, A minor, F, G, each four seconds of soft plucked and held tones.
chord() { # NAME NOTE NOTE NOTE
    sox -n -r 8000 -c 1 -b 16 "$work/$1-pad.wav" synth 4 sine "$2" synth 4 sine mix "$3" synth 4 sine mix "$4" fade t 0.6 4 0.8 gain -16
    local at=0 part=0 note
    for note in "$2" "$3" "$4" "$3" "$4" "$3" "$2" "$3"; do
        sox -n -r 8000 -c 1 -b 16 "$work/$1-$part.wav" synth 0.5 sine "$note" fade l 0.01 0.5 0.45 gain -9
        part=$((part + 1))
    done
    sox "$work/$1"-[0-7].wav "$work/$1-pluck.wav"
    sox -m -v 1 "$work/$1-pad.wav" -v 1 "$work/$1-pluck.wav" -b 16 "$work/$1.wav"
}
mkdir -p music
chord c 261.63 329.63 392.00
chord a 220.00 261.63 329.63
chord f 349.23 261.63 440.00
chord g 293.66 392.00 493.88
sox "$work/c.wav" "$work/a.wav" "$work/f.wav" "$work/g.wav" -b 16 music/waiting.wav lowpass 3000 norm -12
