@NullMarked
package dev.ringmaster.persistence.database;

import org.jspecify.annotations.NullMarked;
