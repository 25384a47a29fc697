/** The Helm chart, rendered by Helm's own code, against the applications. */
@NullMarked
package io.reliablemessage.deployment.chart;

import org.jspecify.annotations.NullMarked;
