/// The media plane of one node: sound and time, nothing else. RTP, codecs, prompts, tones, digits, recordings and
/// the browser's side (ICE, DTLS, SRTP). It knows no call, no agent, no SIP and no actor, and outlives them all.
@NullMarked
package dev.ringmaster.media;

import org.jspecify.annotations.NullMarked;
