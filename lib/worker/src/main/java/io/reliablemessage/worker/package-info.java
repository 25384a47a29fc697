/** Shared code of status-checker and recovery-job: the loop, its back-off, and the client of the message service. */
@NullMarked
package io.reliablemessage.worker;

import org.jspecify.annotations.NullMarked;
