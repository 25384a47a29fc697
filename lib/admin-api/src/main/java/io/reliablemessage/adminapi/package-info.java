/**
 * The contract of {@code /admin} and {@code /jobs} between our own applications. Users' applications do not need it.
 *
 * <p>Like the public contract it is additive only: unknown response members are ignored, the service is upgraded first.
 */
@NullMarked
package io.reliablemessage.adminapi;

import org.jspecify.annotations.NullMarked;
