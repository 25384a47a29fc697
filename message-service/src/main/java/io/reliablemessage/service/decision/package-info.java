/**
 * Decides messages: confirms, cancels, and applies the verdicts of check-backs and operators.
 *
 * <p>A message is decided once. Zero rows means that another decision came first, and the answer says whose.
 */
@NullMarked
package io.reliablemessage.service.decision;

import org.jspecify.annotations.NullMarked;
