/** The API's description, made from the controllers; {@code docs/openapi.yaml} is held against it by a test. */
@NullMarked
package io.reliablemessage.service.platform.openapi;

import org.jspecify.annotations.NullMarked;
