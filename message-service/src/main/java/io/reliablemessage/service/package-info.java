/**
 * The owner of every message: it alone writes the ledger, publishes to the broker and knows the rules.
 *
 * <p>{@code message}, {@code registry}, {@code publishing} and {@code platform} are the ground; the other
 * packages stand on them and not on each other, so that each duty can be read by itself.
 * {@code ArchitectureTest} holds that.
 */
@NullMarked
package io.reliablemessage.service;

import org.jspecify.annotations.NullMarked;
