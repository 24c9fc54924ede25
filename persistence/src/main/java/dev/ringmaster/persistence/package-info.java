/// Journal, projections, read models and stores on PostgreSQL.
@NullMarked
package dev.ringmaster.persistence;

import org.jspecify.annotations.NullMarked;
