/**
 * Starts everything in one JVM: databases, broker, the four applications and the shop, each with its settings; and ends it.
 *
 * <p>Logging is set up here, once, and not by the applications.
 */
@NullMarked
package io.reliablemessage.quickstart.launch;

import org.jspecify.annotations.NullMarked;
