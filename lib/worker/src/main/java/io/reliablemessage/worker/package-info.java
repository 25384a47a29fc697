/**
 * What status-checker and recovery-job have in common: a loop that nothing ends, and its contact
 * with the message service.
 */
@NullMarked
package io.reliablemessage.worker;

import org.jspecify.annotations.NullMarked;
