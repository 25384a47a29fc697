/** What documents say, against code, settings and each other. */
@NullMarked
package io.reliablemessage.deployment.documents;

import org.jspecify.annotations.NullMarked;
