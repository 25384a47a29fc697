/** JSON with Jackson 3. Loaded only if that is on the class path. */
@NullMarked
package io.reliablemessage.client.internal.jackson3;

import org.jspecify.annotations.NullMarked;
