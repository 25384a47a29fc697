/** Pauses and resumes the work of status-checker and recovery-job. */
@NullMarked
package io.reliablemessage.service.admin.worker;

import org.jspecify.annotations.NullMarked;
