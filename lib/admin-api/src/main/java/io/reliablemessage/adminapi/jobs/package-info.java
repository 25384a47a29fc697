/** What status-checker and recovery-job exchange with the service under {@code /jobs}. */
@NullMarked
package io.reliablemessage.adminapi.jobs;

import org.jspecify.annotations.NullMarked;
