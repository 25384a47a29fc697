/**
 * The console's scenario: a ledger of a month is filled past the service, then every page of the admin
 * API is asked for.
 */
@NullMarked
package io.reliablemessage.benchmarks.console;

import org.jspecify.annotations.NullMarked;
