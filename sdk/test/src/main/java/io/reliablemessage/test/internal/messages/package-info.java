/**
 * Stores messages, decides about them and delivers them, with the states and limits of the service.
 */
@NullMarked
package io.reliablemessage.test.internal.messages;

import org.jspecify.annotations.NullMarked;
