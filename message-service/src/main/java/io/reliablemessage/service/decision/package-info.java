/**
 * Decides messages: confirms, cancels, and applies the verdicts of check-backs and operators.
 *
 * <p>A message is decided once. Zero rows means that somebody else decided first, and the answer says who.
 */
@NullMarked
package io.reliablemessage.service.decision;

import org.jspecify.annotations.NullMarked;
