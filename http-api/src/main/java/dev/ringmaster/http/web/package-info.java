/// What every route shares: the table of endpoints, who may call them, errors, JSON, security headers.
@NullMarked
package dev.ringmaster.http.web;

import org.jspecify.annotations.NullMarked;
