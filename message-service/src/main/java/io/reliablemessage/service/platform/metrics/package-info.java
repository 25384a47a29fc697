/** What several features' metrics are made of. */
@NullMarked
package io.reliablemessage.service.platform.metrics;

import org.jspecify.annotations.NullMarked;
