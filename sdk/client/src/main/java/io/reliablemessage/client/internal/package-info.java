/**
 * Transport of calls: batches, connections, responses. Not part of the client's interface; it may change at any time.
 */
@NullMarked
package io.reliablemessage.client.internal;

import org.jspecify.annotations.NullMarked;
