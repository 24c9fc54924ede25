/// The PostgreSQL that holds everything: our own embedded server or an outside one, its pool and its migrations.
@NullMarked
package dev.ringmaster.persistence.database;

import org.jspecify.annotations.NullMarked;
