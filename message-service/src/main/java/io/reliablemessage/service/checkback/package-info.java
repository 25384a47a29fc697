/**
 * Leases overdue half messages to status checkers, as finished and signed requests to their producers, and applies the
 * producers' answers.
 *
 * <p>A verdict may arrive twice, or after its lease ended; both are normal. The message's state decides, never the
 * lease: a producer that answered "rolled back" has made that true for ever. Everything that is not a clear answer
 * decides nothing.
 */
@NullMarked
package io.reliablemessage.service.checkback;

import org.jspecify.annotations.NullMarked;
