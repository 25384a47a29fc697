/** Alerts, against their tests and their runbook. */
@NullMarked
package io.reliablemessage.deployment.monitoring;

import org.jspecify.annotations.NullMarked;
