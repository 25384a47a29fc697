/**
 * Writes requests that arrive together in one statement and one commit.
 *
 * <p>No request waits for others. One that finds no batch under way is written at once, alone; meanwhile others gather,
 * and the first of them writes for all. There is no writer thread: waking one up costs more than an fsync.
 */
@NullMarked
package io.reliablemessage.service.platform.groupcommit;

import org.jspecify.annotations.NullMarked;
