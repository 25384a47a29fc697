/**
 * The in-memory service behind the kit: the rules of the real one, over maps. Not part of its interface; it may change
 * at any time.
 *
 * <p>This package puts the parts together: {@code checkbacks} uses {@code messages}, which uses {@code registry}, and all
 * use {@code http}.
 *
 * <p>The rules are copies, not shared code; the contract suite runs the same cases against both services.
 */
@NullMarked
package io.reliablemessage.test.internal;

import org.jspecify.annotations.NullMarked;
