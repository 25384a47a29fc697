/**
 * Answers check-backs. Their signature is verified and the answer is signed; what a database does not decide in time is
 * {@code UNKNOWN}.
 *
 * <p>The database that a half message names decides about it, and no other: there is no default.
 */
@NullMarked
package io.reliablemessage.spring.internal.check;

import org.jspecify.annotations.NullMarked;
