/** The contract of {@code /jobs}, for status-checker and recovery-job. */
@NullMarked
package io.reliablemessage.adminapi.jobs;

import org.jspecify.annotations.NullMarked;
