/** Describes the API from its controllers; a test compares {@code docs/openapi.yaml} with it. */
@NullMarked
package io.reliablemessage.service.platform.openapi;

import org.jspecify.annotations.NullMarked;
