/** The records of the API as JSON, by Jackson 2 or 3. Not part of the client's interface; it may change at any time. */
@NullMarked
package io.reliablemessage.client.internal.json;

import org.jspecify.annotations.NullMarked;
