/// What every entity shell does alike: paying debts, keeping its deadline, remembering replies.
@NullMarked
package dev.ringmaster.runtime.entity;

import org.jspecify.annotations.NullMarked;
