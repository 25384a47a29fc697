/**
 * Serves calls over HTTP, and reads and refuses them as strictly as the service does. Knows no messages and no
 * registrations.
 */
@NullMarked
package io.reliablemessage.test.internal.http;

import org.jspecify.annotations.NullMarked;
