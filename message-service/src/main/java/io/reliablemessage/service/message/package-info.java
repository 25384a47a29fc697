/**
 * The aggregate: what a message and its deliveries are, which steps lead from state to state, and the
 * SQL that takes them.
 *
 * <p>Every step is one guarded write. Zero rows means that somebody else was there first; what he did is then the
 * answer. All stores take lists, because what arrives together is written together.
 */
@NullMarked
package io.reliablemessage.service.message;

import org.jspecify.annotations.NullMarked;
