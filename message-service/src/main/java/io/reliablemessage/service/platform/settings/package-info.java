/** Rules that settings are held to when the service starts. */
@NullMarked
package io.reliablemessage.service.platform.settings;

import org.jspecify.annotations.NullMarked;
