/// How words of the domain are written: the cases of sealed interfaces by stable names, personal values plain or
/// sealed.
@NullMarked
package dev.ringmaster.persistence.json;

import org.jspecify.annotations.NullMarked;
