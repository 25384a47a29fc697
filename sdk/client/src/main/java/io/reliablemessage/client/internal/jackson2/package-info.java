/** JSON with Jackson 2, written as Jackson 3 would. Loaded only if that is on the class path, and Jackson 3 is not. */
@NullMarked
package io.reliablemessage.client.internal.jackson2;

import org.jspecify.annotations.NullMarked;
