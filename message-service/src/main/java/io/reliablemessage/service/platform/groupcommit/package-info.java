/**
 * Where requests that arrive together are written together: one statement, one commit.
 *
 * <p>Nobody waits for company. A request that finds no batch under way writes at once, alone; while it does, others
 * gather, and the first of them writes for all. There is no writer thread: waking one up costs more than an fsync.
 */
@NullMarked
package io.reliablemessage.service.platform.groupcommit;

import org.jspecify.annotations.NullMarked;
