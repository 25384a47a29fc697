/**
 * The contract of {@code /admin} and {@code /jobs}, which our own applications share. A user's application needs none of it.
 *
 * <p>Like the public contract it is additive only: unknown response members are ignored, the service is upgraded first.
 */
@NullMarked
package io.reliablemessage.adminapi;

import org.jspecify.annotations.NullMarked;
