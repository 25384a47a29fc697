/** Schedules background chores. */
@NullMarked
package io.reliablemessage.service.platform.schedule;

import org.jspecify.annotations.NullMarked;
